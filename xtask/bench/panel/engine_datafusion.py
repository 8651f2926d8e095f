"""DataFusion: record batches in memory, in as many parts as threads, and Parquet."""

import os
import tempfile

import datafusion
import numpy
import pyarrow
import pyarrow.parquet

import sql

VERSION = datafusion.__version__
BATCH_ROWS = 65_536
ROW_GROUP_ROWS = 1 << 18
TABLES = {"memory": "cells", "Parquet": "cells_parquet"}


class Engine:
    def __init__(self, cells, weeks, threads, memory_gib):
        self.threads, self.weeks = threads, weeks
        config = datafusion.SessionConfig().with_target_partitions(threads)
        self.context = datafusion.SessionContext(config)
        self._register(TABLES["memory"], cells)
        # Slices of the same memory, for what is asked week by week.
        bounds = numpy.searchsorted(cells["week"].to_numpy(), numpy.arange(weeks + 1))
        for week in range(weeks):
            start, end = int(bounds[week]), int(bounds[week + 1])
            self._register(f"week_{week}", cells.slice(start, end - start))
        self.folder = tempfile.TemporaryDirectory()
        path = os.path.join(self.folder.name, "cells.parquet")
        pyarrow.parquet.write_table(cells, path, row_group_size=ROW_GROUP_ROWS, compression="snappy")
        self.context.register_parquet(TABLES["Parquet"], path)
        self._register("prepared", self._table(sql.prepared()))

    def forms(self, question, modality):
        keep = None if modality is None else f"modality = {modality}"
        forms = {}
        for form, text in getattr(sql, question)(keep).items():
            for place, table in TABLES.items():
                placed = text.replace("FROM cells", f"FROM {table}")
                name = ", ".join(part for part in (form, place) if part)
                forms[name] = lambda placed=placed: self._ask(placed)
            if "FROM cells" not in text:
                return {"memory": lambda text=text: self._ask(text)}
        if question in sql.WEEK_BY_WEEK:
            texts = [sql.of_one_week(question, f"week_{week}", keep) for week in range(self.weeks)]
            forms["week by week, memory"] = lambda: self._week_by_week(texts)
        return forms

    def _register(self, name, table):
        """Neighbouring rows stay together: each thread has its own."""
        share = max(1, -(-table.num_rows // self.threads))
        parts = [table.slice(share * part, share).to_batches(BATCH_ROWS) for part in range(self.threads)]
        self.context.register_record_batches(name, parts)

    def _table(self, text):
        return pyarrow.Table.from_batches(self.context.sql(text).collect())

    def _ask(self, text):
        return [column.to_numpy() for column in self._table(text).columns]

    def _week_by_week(self, texts):
        return [range(self.weeks), [self._ask(text)[0][0] for text in texts]]
