"""The simulated tables, as the example `panel_tables` of `simulate` wrote them."""

import os

import numpy
import pyarrow

WIDTHS = {"u8": numpy.uint8, "u16": numpy.uint16, "u32": numpy.uint32}

# Parallel columns of the tables; the codes of models are copied to their cells, so that no engine
# needs a join.
CELL_COLUMNS = ("week", "model", "parts", "state")
MODEL_COLUMNS = ("owner", "country", "modality")


def load(folder):
    """Reads the columns of all cells, sorted by week, then model, with the codes of their models."""
    columns = {name: _column(folder, "cells", name) for name in CELL_COLUMNS}
    model = columns["model"]
    for name in MODEL_COLUMNS:
        columns[name] = _column(folder, "models", name)[model]
    del columns["model"]
    return columns


def labels(folder, attribute):
    with open(os.path.join(folder, f"labels.{attribute}.txt"), encoding="utf-8") as file:
        return file.read().split("\n")[:-1]


def arrow(columns):
    """The same columns as an Arrow table, without a copy."""
    return pyarrow.table({name: pyarrow.array(column) for name, column in columns.items()})


def _column(folder, table, name):
    prefix = f"{table}.{name}."
    (file,) = [file for file in os.listdir(folder) if file.startswith(prefix)]
    return numpy.memmap(os.path.join(folder, file), dtype=WIDTHS[file[len(prefix):]], mode="r")
