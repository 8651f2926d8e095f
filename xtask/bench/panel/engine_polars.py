"""Polars: a data frame in memory, rows by week, then model."""

import polars
from polars import col, lit

from questions import WEEKS_TRAILING

VERSION = polars.__version__


class Engine:
    def __init__(self, cells, weeks, threads, memory_gib):
        assert polars.thread_pool_size() == threads, "POLARS_MAX_THREADS is not what was asked for"
        # Sums of 32 bits would overflow, and to widen them in each query takes longer.
        wide = col("parts").cast(polars.UInt64).alias("wide")
        self.cells = polars.from_arrow(cells).with_columns(wide).rechunk()
        bounds = polars.Series(range(weeks + 1), dtype=self.cells["week"].dtype)
        starts = self.cells["week"].search_sorted(bounds, side="left").to_list()
        self.ranges = [(start, end - start) for start, end in zip(starts, starts[1:])]
        sums = self.cells.lazy().group_by("week", "country", "modality").agg(col("wide").sum())
        self.prepared = sums.collect()

    def forms(self, question, modality):
        keep = None if modality is None else col("modality") == modality
        forms = {}
        for form, plan in getattr(self, question)(keep).items():
            if isinstance(plan, list):
                forms[form] = lambda plan=plan: polars.concat(polars.collect_all(plan)).get_columns()
                continue
            for engine in ("in-memory", "streaming"):
                name = ", ".join(part for part in (form, engine) if part)
                forms[name] = lambda plan=plan, engine=engine: plan.collect(engine=engine).get_columns()
        return forms

    def sums_by_country(self, keep):
        def of_week(cells, week):
            return cells.group_by("country").agg(col("wide").sum()).select(week, "country", "wide")

        at_once = _kept(self.cells, keep).group_by("week", "country").agg(col("wide").sum())
        return {"": at_once, "week by week": self._by_week(keep, of_week)}

    def prepared_sums_by_country(self, keep):
        return {"": _kept(self.prepared, keep).group_by("week", "country").agg(col("wide").sum())}

    def hhi_by_uploader(self, keep):
        def of_week(cells, week):
            return cells.group_by("owner").agg(_sum()).select(week, hhi)

        hhi = _hhi("d")
        at_once = _kept(self.cells, keep).group_by("week", "owner").agg(_sum()).group_by("week").agg(hhi)
        return {"": at_once, "week by week": self._by_week(keep, of_week)}

    def gini_by_model(self, keep):
        def of_week(cells, week):
            rank = polars.int_range(1, polars.len() + 1).cast(polars.Float64)
            values = cells.select(x=col("parts").sort().cast(polars.Float64))
            return values.select(week, _gini(n, (rank * x).sum(), x.sum()))

        n, x, c = polars.len().cast(polars.Float64), col("x"), col("c")
        known = col("state") < 2
        kept = known if keep is None else known & keep
        # Equal values have consecutive ranks, whose sum needs no row for each.
        runs = _kept(self.cells, kept).group_by("week", "parts").agg(c=n).sort("week", "parts")
        runs = runs.with_columns(x=col("parts").cast(polars.Float64), p=c.cum_sum().over("week") - c)
        ranks = x * (c * col("p") + c * (c + 1) / 2)
        gini = runs.group_by("week").agg(_gini(c.sum(), ranks.sum(), (c * x).sum()))
        return {"runs of equal values": gini, "week by week": self._by_week(kept, of_week)}

    def trailing_by_uploader(self, keep):
        def of_week(cells, week):
            key = (col("owner").cast(polars.UInt64) * 1024 + week).alias("key")
            return cells.group_by("owner").agg(_sum()).select(key, "d")

        key = (col("owner").cast(polars.UInt64) * 1024 + col("week")).alias("key")
        at_once = _kept(self.cells, keep).group_by(key).agg(_sum())
        by_week = polars.concat(self._by_week(keep, of_week))
        return {"": _trailing(at_once), "weekly sums week by week": _trailing(by_week)}

    def _by_week(self, keep, of_week):
        """A plan for each week: rows are sorted by week, so that a week is a slice."""
        slices = [_kept(self.cells.slice(*place), keep) for place in self.ranges]
        return [of_week(cells, lit(week).alias("week")) for week, cells in enumerate(slices)]


def _kept(frame, keep):
    return frame.lazy() if keep is None else frame.lazy().filter(keep)


def _trailing(weekly):
    """From weekly sums by owner and week, as one key: the difference of two sums of all before.

    Every owner has a row for each week from its first, so a window of rows is one of weeks.
    """
    owner, total = col("key") // 1024, col("total")
    trailing = weekly.sort("key").with_columns(total=col("d").cum_sum())
    is_first = (owner != owner.shift(1)).fill_null(True)
    begins = polars.when(is_first).then(total - col("d")).forward_fill()
    is_full = owner == owner.shift(WEEKS_TRAILING)
    before = polars.when(is_full).then(total.shift(WEEKS_TRAILING)).otherwise(begins)
    trailing = trailing.select(week=col("key") % 1024, t=total - before)
    trailing = trailing.filter(col("week") >= WEEKS_TRAILING - 1).group_by("week")
    return trailing.agg((col("t").max() / col("t").sum()).alias("share"), _hhi("t"))


def _sum():
    return col("wide").sum().cast(polars.Float64).alias("d")


def _hhi(name):
    sums = col(name)
    return (10_000 * (sums * sums).sum() / (sums.sum() * sums.sum())).alias("hhi")


def _gini(count, ranks, total):
    return (2 * ranks / (count * total) - (count + 1) / count).alias("gini")
