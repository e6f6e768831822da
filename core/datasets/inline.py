"""Numbers that travel in the link itself."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from core.datasets.base import NOTHING, DataSpec, Held
from core.params import param

MOST = 200  # a link carries at most so many


@dataclass(frozen=True)
class Inline(DataSpec):
    """A short list of numbers, typed or pasted."""

    values: tuple[float, ...] = param(
        (2.1, 2.5, 2.6, 3.0, 3.2, 3.4, 3.9, 4.1, 4.8, 5.6, 6.3, 8.0), "Values", sequence=True, most=MOST, help="Numbers between commas, blanks or lines."
    )

    title = "Typed numbers"

    def table(self, held: Held = NOTHING) -> pd.DataFrame:
        return pd.DataFrame({"value": list(self.values)})
