"""DuckDB: a native table in memory, rows by week, then model."""

import duckdb

import sql

VERSION = duckdb.__version__


class Engine:
    def __init__(self, cells, weeks, threads, memory_gib):
        self.weeks = weeks
        self.connection = duckdb.connect()
        self.connection.execute(f"SET threads = {threads}")
        self.connection.execute(f"SET memory_limit = '{memory_gib}GB'")
        # Week and country together have more values than the default allows for a table without
        # hashing, which halves the time of sums by country.
        self.connection.execute("SET perfect_ht_threshold = 18")
        self.connection.register("arrow_cells", cells)
        self.connection.execute("CREATE TABLE cells AS SELECT * FROM arrow_cells")
        self.connection.unregister("arrow_cells")
        self.connection.execute(f"CREATE TABLE prepared AS {sql.prepared()}")

    def forms(self, question, modality):
        keep = None if modality is None else f"modality = {modality}"
        texts = getattr(sql, question)(keep)
        # Division of whole numbers is `//` here, and `/` gives a ratio.
        texts = {form: text.replace(f"k / {sql.OWNERS}", f"k // {sql.OWNERS}") for form, text in texts.items()}
        forms = {form: lambda text=text: self._ask(text) for form, text in texts.items()}
        if question in sql.WEEK_BY_WEEK:
            text = sql.of_one_week(question, "cells", "week = ?", keep)
            forms["week by week"] = lambda: self._week_by_week(text)
        return forms

    def _ask(self, text):
        columns = self.connection.execute(text).fetchnumpy()
        return list(columns.values())

    def _week_by_week(self, text):
        ratios = [self.connection.execute(text, [week]).fetchone()[0] for week in range(self.weeks)]
        return [range(self.weeks), ratios]
