"""Real tables that come with scikit-learn: small, well known, and there without a network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from core.datasets.base import NOTHING, DataSpec, Held
from core.params import param

SETS = {
    "wine": ("Wine: 178 bottles, 13 measurements", "load_wine"),
    "breast cancer": ("Breast cancer: 569 tumours, 30 measurements", "load_breast_cancer"),
    "diabetes": ("Diabetes: 442 patients, 10 measurements and the progression", "load_diabetes"),
    "iris": ("Iris: 150 flowers, 4 measurements", "load_iris"),
}


@dataclass(frozen=True)
class Bundled(DataSpec):
    """A real data set that is always at hand.

    https://scikit-learn.org/stable/datasets/toy_dataset.html
    """

    name: str = param("wine", "Data set", choices=tuple(SETS), labels=tuple(words for words, _ in SETS.values()), help="Measured, not made up.")

    title = "A real data set"

    def table(self, held: Held = NOTHING) -> pd.DataFrame:
        return _read(self.name).copy()


@lru_cache(maxsize=len(SETS))
def _read(name: str) -> pd.DataFrame:
    """Return the measurements in their own units, with the class (or, for diabetes, the progression) as the last column."""
    from sklearn import datasets  # a second of work that only this needs

    load = getattr(datasets, SETS[name][1])
    bunch = load(as_frame=True, scaled=False) if name == "diabetes" else load(as_frame=True)
    rows = bunch.data.rename(columns=lambda word: word.replace("/", " per ").replace("_", " "))
    if name == "diabetes":
        return rows.assign(progression=bunch.target)
    return rows.assign(**{"class": [str(bunch.target_names[each]) for each in bunch.target]})
