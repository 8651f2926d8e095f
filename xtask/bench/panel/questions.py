"""The questions, and their answers in one shape: flat lists of numbers, by week."""

import numpy

QUESTIONS = ("sums_by_country", "hhi_by_uploader", "gini_by_model", "trailing_by_uploader")
# Answered from sums that were prepared beforehand, by week, country and modality.
PREPARED = "prepared_sums_by_country"

# The trailing window; weeks that do not fill it are not asked for.
WEEKS_TRAILING = 52

# Which models are kept: the modality, as in the catalogue of the simulated tables, or all.
FILTERS = {"all": None, "tenth": "audio", "hundredth": "video"}


def dense(result, weeks, countries):
    """Rows of week, country and sum as a list by week, then country, with 0 where there is no row."""
    week, country, total = (numpy.asarray(column) for column in result)
    sums = numpy.zeros(weeks * countries, dtype=numpy.uint64)
    sums[week.astype(numpy.int64) * countries + country] = total.astype(numpy.uint64)
    return sums.tolist()


def by_week(result):
    """Rows of week and one or more ratios as a list by week, then ratio."""
    week, *ratios = (numpy.asarray(column, dtype=numpy.float64) for column in result)
    order = numpy.argsort(week)
    return numpy.stack(ratios, axis=1)[order].ravel().tolist()
