"""The samples of a spec as files: CSV, JSON and Parquet, drawn again in blocks when the file is asked for."""

from __future__ import annotations

import io
import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

import core
from core.distributions.explore import Explore, blocks

MOST_JSON = 1_000_000  # values: past this the file would be hundreds of MB of text


def recipe(spec: Explore) -> dict:
    """Return how the samples were made: enough to make the same ones again."""
    return {"made by": f"Ulam {core.__version__}", "column": "x", "spec": spec.to_dict(), "numpy": np.__version__}


def to_frame(spec: Explore) -> pd.DataFrame:
    """Return the samples as a table of one column, x."""
    return pd.DataFrame({"x": np.concatenate(list(blocks(spec)))})


def to_csv(spec: Explore) -> bytes:
    """Return one column, x, with every value written so that it reads back to the same bits."""
    out = io.BytesIO()
    with pa.csv.CSVWriter(out, _schema(spec)) as writer:
        for values in blocks(spec):
            writer.write_table(_table(values))
    return out.getvalue()


def to_parquet(spec: Explore) -> bytes:
    """Return one column, x, with the recipe in the file's metadata under "ulam"."""
    out, schema = io.BytesIO(), _schema(spec).with_metadata({"ulam": json.dumps(recipe(spec))})
    with pa.parquet.ParquetWriter(out, schema) as writer:
        for values in blocks(spec):
            writer.write_table(_table(values).replace_schema_metadata(schema.metadata))
    return out.getvalue()


def to_json(spec: Explore) -> bytes:
    """Return the recipe and the values.

    Raises:
        ValueError: above a million values.
    """
    if spec.n > MOST_JSON:
        raise ValueError(f"n must be at most {MOST_JSON} for JSON, got {spec.n}: try CSV or Parquet")
    values = [value for block in blocks(spec) for value in block.tolist()]
    return json.dumps(recipe(spec) | {"x": values}).encode()


def _schema(spec: Explore) -> pa.Schema:
    return pa.schema([("x", pa.int64() if spec.dist.discrete else pa.float64())])


def _table(values: np.ndarray) -> pa.Table:
    return pa.table({"x": values})
