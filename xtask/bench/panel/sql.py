"""The questions in SQL, in the forms that engines were found to differ by.

`cells` has the columns week, owner, country, modality, parts and state; 2 is missing, where parts
are 0, so that sums need not look at the state. Every owner has a cell in each week from its first
one, so that a window of rows is one of weeks.
"""

from questions import WEEKS_TRAILING

WEEK_BY_WEEK = ("hhi_by_uploader", "gini_by_model")

# More than there are owners, and a power of two: week and owner in one key.
OWNERS = 1 << 21


def where(*conditions):
    kept = [condition for condition in conditions if condition]
    return f" WHERE {' AND '.join(kept)}" if kept else ""


def sums_by_country(keep):
    return {"": f"SELECT week, country, SUM(parts) FROM cells{where(keep)} GROUP BY week, country"}


def hhi_by_uploader(keep):
    outer = "SELECT week, 10000 * SUM(d * d) / (SUM(d) * SUM(d)) FROM {} GROUP BY week"
    return {
        "two keys": outer.format(_weekly("week, owner", "week, owner", keep)),
        "one key": outer.format(
            f"(SELECT k / {OWNERS} AS week, d FROM {_weekly(f'{_key()} AS k', 'k', keep)})"
        ),
    }


def gini_by_model(keep):
    cells = f"FROM cells{where('state < 2', keep)}"
    return {
        "ranks": (
            "SELECT week, 2 * SUM(x * i) / (COUNT(*) * SUM(x)) - (COUNT(*) + 1.0) / COUNT(*) "
            "FROM (SELECT week, CAST(parts AS DOUBLE) AS x, CAST(ROW_NUMBER() OVER "
            f"(PARTITION BY week ORDER BY parts) AS DOUBLE) AS i {cells}) GROUP BY week"
        ),
        # Equal values have consecutive ranks, whose sum needs no row for each.
        "runs of equal values": (
            "SELECT week, 2 * SUM(x * (c * p + c * (c + 1) / 2)) / (SUM(c) * SUM(c * x)) "
            "- (SUM(c) + 1) / SUM(c) FROM (SELECT week, x, c, SUM(c) OVER "
            "(PARTITION BY week ORDER BY x ROWS UNBOUNDED PRECEDING) - c AS p FROM "
            "(SELECT week, CAST(parts AS DOUBLE) AS x, CAST(COUNT(*) AS DOUBLE) AS c "
            f"{cells} GROUP BY week, parts)) GROUP BY week"
        ),
    }


def of_one_week(question, cells, *keep):
    """For engines that are faster week by week: `cells` are, or `keep` keeps, those of one week."""
    if question == "hhi_by_uploader":
        return (
            "SELECT 10000 * SUM(d * d) / (SUM(d) * SUM(d)) FROM (SELECT CAST(SUM(parts) AS DOUBLE) AS d "
            f"FROM {cells}{where(*keep)} GROUP BY owner)"
        )
    return (
        "SELECT 2 * SUM(x * (c * p + c * (c + 1) / 2)) / (SUM(c) * SUM(c * x)) - (SUM(c) + 1) / SUM(c) "
        "FROM (SELECT x, c, SUM(c) OVER (ORDER BY x ROWS UNBOUNDED PRECEDING) - c AS p FROM "
        "(SELECT CAST(parts AS DOUBLE) AS x, CAST(COUNT(*) AS DOUBLE) AS c "
        f"FROM {cells}{where('state < 2', *keep)} GROUP BY parts))"
    )


def trailing_by_uploader(keep):
    last = WEEKS_TRAILING - 1
    outer = (
        "SELECT week, MAX(t) / SUM(t), 10000 * SUM(t * t) / (SUM(t) * SUM(t)) "
        f"FROM ({{}}) WHERE week >= {last} GROUP BY week"
    )
    frame = f"SUM(d) OVER (PARTITION BY owner ORDER BY week ROWS BETWEEN {last} PRECEDING AND CURRENT ROW)"
    split = f"(SELECT k / {OWNERS} AS week, k % {OWNERS} AS owner, d FROM {_weekly(f'{_key()} AS k', 'k', keep)})"
    return {
        "two keys": outer.format(
            f"SELECT week, {frame} AS t FROM {_weekly('week, owner', 'week, owner', keep)}"
        ),
        "one key": outer.format(f"SELECT week, {frame} AS t FROM {split}"),
    }


def prepared():
    return (
        "SELECT week, country, modality, SUM(parts) AS parts FROM cells GROUP BY week, country, modality"
    )


def prepared_sums_by_country(keep):
    return {
        "": f"SELECT week, country, SUM(parts) FROM prepared{where(keep)} GROUP BY week, country"
    }


def _key():
    return f"CAST(week AS BIGINT) * {OWNERS} + CAST(owner AS BIGINT)"


def _weekly(columns, keys, keep):
    return f"(SELECT {columns}, CAST(SUM(parts) AS DOUBLE) AS d FROM cells{where(keep)} GROUP BY {keys})"
