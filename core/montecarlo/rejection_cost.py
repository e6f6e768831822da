"""What rejection costs as the dimension grows: a Gaussian under a slightly wider one, and a ball in its cube."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.montecarlo.ball import DIMENSIONS, volume
from core.montecarlo.intervals import Found, share_error, wilson
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

Array = np.ndarray
BLOCK = 1 << 14
BINS = 80  # of the distances


@dataclass(frozen=True)
class Cost(Spec):
    """The acceptance in d dimensions: M multiplies from coordinate to coordinate, so it falls like a power.

    A standard Gaussian under one that is s times as wide: M = sᵈ, and s⁻ᵈ of the darts are kept. The unit ball in its cube: π^(d/2) / Γ(d/2 + 1) / 2ᵈ.
    https://en.wikipedia.org/wiki/Curse_of_dimensionality
    """

    title = "Cost against dimension"
    shape: str = param(
        "gaussian", "Shape", choices=("gaussian", "ball"), labels=("a Gaussian under a wider one", "a ball in its cube"), help="What is drawn from."
    )
    wider: float = param(1.3, "Times as wide", low=1.02, high=3, step=0.02, bounds=(1.001, 100), help="How much wider the Gaussian envelope is.")
    d: int = param(20, "Dimensions", low=2, high=20, step=1, bounds=(2, 20), help="Whose acceptance the numbers tell; the picture shows all from 2 to 20.")
    n: int = param(100_000, "Darts", low=1000, high=1_000_000, scale="log", bounds=(10, 4_000_000), help="How many darts are thrown.")
    seed: int = param(1, "Seed", low=0, high=9999, step=1, bounds=(0, 4_294_967_295), help="The same seed gives the same darts, bit for bit.")

    def exact(self) -> Array:
        """Return the exact acceptance for every d from 2 to 20."""
        return self.wider ** -DIMENSIONS.astype(float) if self.shape == "gaussian" else volume(DIMENSIONS) / 2.0**DIMENSIONS

    def reach(self) -> float:
        """Return how far from the centre the picture looks."""
        return self.wider * (math.sqrt(DIMENSIONS[-1]) + 2.5) if self.shape == "gaussian" else math.sqrt(DIMENSIONS[-1] / 3) + 1

    def run(self) -> Iterator[Progress[Costs]]:
        """Throw the same darts in all dimensions: in d dimensions a dart is its first d coordinates, with a height of its own."""
        rng, heights, done = stream(self.seed, "places"), stream(self.seed, "heights"), 0
        hits, shells = np.zeros(len(DIMENSIONS)), np.zeros((2, len(DIMENSIONS), BINS))
        while done < self.n:
            k = min(BLOCK, self.n - done)
            level, squares = heights.standard_exponential(k), self._squares(rng, k)
            for i in range(len(DIMENSIONS)):
                squares = squares + self._squares(rng, k)
                kept = squares * (1 - self.wider**-2) / 2 <= level if self.shape == "gaussian" else squares <= 1
                hits[i] += np.count_nonzero(kept)
                cell = np.minimum(np.sqrt(squares) / self.reach() * BINS, BINS - 1).astype(int)
                shells[:, i] += [np.bincount(cell, minlength=BINS), np.bincount(cell[kept], minlength=BINS)]
            done += k
            yield Progress(done, self.n, Costs(self, done, hits.copy(), shells.copy()))

    def _squares(self, rng: np.random.Generator, k: int) -> Array:
        """Return the square of a coordinate of each dart."""
        return (self.wider * rng.standard_normal(k)) ** 2 if self.shape == "gaussian" else rng.random(k) ** 2


@dataclass(frozen=True)
class Costs:
    """For d = 2 to 20 after n darts: how many were accepted (19,), and how far from the centre all and the accepted fell (2, 19, bins)."""

    spec: Cost
    n: int
    hits: Array
    shells: Array

    @property
    def place(self) -> int:
        """Return where the chosen dimension stands."""
        return self.spec.d - int(DIMENSIONS[0])

    def exact(self) -> Array:
        """Return the exact acceptances."""
        return self.spec.exact()

    def shares(self) -> tuple[Array, Array, Array, Array]:
        """Return acceptance, standard error and Wilson's interval for every d."""
        n = np.full(len(self.hits), float(self.n))
        return self.hits / n, share_error(self.hits, n), *wilson(self.hits, n)

    def found(self) -> Found:
        """Return the acceptance in the chosen dimension."""
        return Found(*(float(each[self.place]) for each in self.shares()), float(self.exact()[self.place]))

    @property
    def estimate(self) -> float:
        """Return the estimate."""
        return self.found().value

    @property
    def standard_error(self) -> float:
        """Return its standard error."""
        return self.found().standard_error

    @property
    def interval(self) -> tuple[float, float]:
        """Return its 95 % interval."""
        return self.found().low, self.found().high

    @property
    def truth(self) -> float:
        """Return the exact acceptance in the chosen dimension."""
        return self.found().truth

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        found = self.found()
        told = {"dimensions": float(self.spec.d), "darts": float(self.n), "accepted": float(self.hits[self.place])} | found.numbers()
        return told | {
            "darts for one draw, exact": 1 / found.truth,
            "darts for one draw": self.n / self.hits[self.place] if self.hits[self.place] else math.inf,
        }

    def rows(self) -> pd.DataFrame:
        """Return a row a dimension."""
        value, error, low, high = self.shares()
        told = {"acceptance": value, "standard error": error, "low": low, "high": high, "exact": self.exact()}
        return pd.DataFrame({"d": DIMENSIONS, "accepted": self.hits} | told)
