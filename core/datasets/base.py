"""What a data set is: a spec that says which one, and the rows that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import numpy as np
import pandas as pd

from core.spec import Spec

Held = Mapping[str, pd.DataFrame]  # rows that are not in the project, by the name that a spec has for them
NOTHING: Held = MappingProxyType({})


class DataSpec(Spec):
    """Base of all data sets. A member gives its rows; `private` ones belong to whoever brought them."""

    title: ClassVar[str]
    private: ClassVar[bool] = False

    def table(self, held: Held = NOTHING) -> pd.DataFrame:
        """Return the rows as a table, columns as they came.

        Raises:
            ValueError: in a sentence, where the rows are not at hand.
        """
        raise NotImplementedError


@dataclass(frozen=True)
class Data:
    """Numbers ready for a method: `x` (n, d) float64, `labels` (n,) or None, `names` (d,), and `kinds` (d,), "whole" or "real"."""

    x: np.ndarray
    labels: np.ndarray | None
    names: tuple[str, ...]
    kinds: tuple[str, ...]


def load(spec: DataSpec, held: Held = NOTHING) -> Data:
    """Return the number columns of a data set; its last column of words, where there is one, gives the labels.

    Raises:
        ValueError: in a sentence, where the rows are not at hand or no column holds numbers.
    """
    rows = spec.table(held)
    numbers = rows.select_dtypes("number")
    if numbers.columns.empty:
        raise ValueError(f"data must have a column of numbers, got {len(rows.columns)} without one: try another data set")
    words = [name for name in rows.columns if name not in numbers.columns]
    x = numbers.to_numpy(float)
    kinds = tuple("whole" if np.all(each == np.floor(each)) else "real" for each in x.T)
    return Data(x, rows[words[-1]].to_numpy() if words else None, tuple(map(str, numbers.columns)), kinds)
