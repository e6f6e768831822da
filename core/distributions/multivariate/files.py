"""The rows of a spec as files: CSV, JSON and Parquet, drawn again when the file is asked for."""

from __future__ import annotations

import io
import json

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

import core
from core.distributions.files import MOST_JSON
from core.distributions.multivariate.several import Several, blocks


def recipe(spec: Several) -> dict:
    """Return how the rows were made: enough to make the same ones again."""
    return {"made by": f"Ulam {core.__version__}", "columns": list(spec.law.columns), "spec": spec.to_dict(), "numpy": np.__version__}


def to_frame(spec: Several) -> pd.DataFrame:
    """Return the rows as a table with a column per number."""
    return pd.DataFrame(np.concatenate(list(blocks(spec))), columns=list(spec.law.columns))


def to_csv(spec: Several) -> bytes:
    """Return a column per number, with every value written so that it reads back to the same bits."""
    out = io.BytesIO()
    pa.csv.write_csv(pa.Table.from_pandas(to_frame(spec), preserve_index=False), out)
    return out.getvalue()


def to_parquet(spec: Several) -> bytes:
    """Return a column per number, with the recipe in the file's metadata under "ulam"."""
    out, table = io.BytesIO(), pa.Table.from_pandas(to_frame(spec), preserve_index=False)
    pa.parquet.write_table(table.replace_schema_metadata({"ulam": json.dumps(recipe(spec))}), out)
    return out.getvalue()


def to_json(spec: Several) -> bytes:
    """Return the recipe and, under "rows", a list of values per column.

    Raises:
        ValueError: above a million values.
    """
    if (values := spec.n * spec.law.dim) > MOST_JSON:
        raise ValueError(f"JSON holds at most {MOST_JSON} values, got {values}: try CSV or Parquet")
    return json.dumps(recipe(spec) | {"rows": to_frame(spec).to_dict("list")}).encode()
