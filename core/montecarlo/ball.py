"""The volume of the d-ball: how plain darts die as the dimension grows, and a way that lives."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from core.montecarlo.averages import Z95
from core.montecarlo.intervals import Found, share_error, wilson
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

Array = np.ndarray
BLOCK = 1 << 15
FEWEST = 50  # points of a slice: fewer do not tell their own spread
DIMENSIONS = np.arange(2, 21)


def volume(d: Array) -> Array:
    """Return the volume of the unit ball in d dimensions, π^(d/2) / Γ(d/2 + 1)."""
    return np.pi ** (np.asarray(d) / 2) / special.gamma(np.asarray(d) / 2 + 1)


@dataclass(frozen=True)
class Ball(Spec):
    """The volume of the unit ball: the cube around it has 2ᵈ, and the share of it that the ball fills falls to nothing."""

    title = "Ball in d dimensions"
    n: int = param(
        1_000_000, "Darts", low=1000, high=4_000_000, scale="log", bounds=(20, 10_000_000), help="Darts, or points on all slices together (at least 50 each)."
    )
    d: int = param(20, "Dimensions", low=2, high=20, step=1, bounds=(2, 20), help="Whose volume the numbers tell; the picture shows all from 2 to 20.")
    method: str = param(
        "darts",
        "Method",
        choices=("darts", "slices"),
        labels=("darts in the cube", "slice by slice"),
        help="Darts in the cube; or each ball as a stack of balls of one dimension less, whose mean is estimated anew for each dimension.",
    )

    def run(self, seed: int) -> Iterator[Progress[Filled]]:
        """Throw the darts at all balls at once, or go from ball to ball."""
        yield from (self._darts if self.method == "darts" else self._slices)(seed)

    def _darts(self, seed: int) -> Iterator[Progress[Filled]]:
        """Throw block by block. A dart is inside the ball of its first d coordinates; once out, no further coordinate brings it back."""
        rng, hits, done = stream(seed, "cube"), np.zeros(len(DIMENSIONS)), 0
        while done < self.n:
            k = min(BLOCK, self.n - done)
            squares = rng.random(k) ** 2
            for place in range(len(DIMENSIONS)):
                squares = squares + rng.random(len(squares)) ** 2
                squares = squares[squares < 1]
                hits[place] += len(squares)
            done += k
            yield Progress(done, self.n, Filled(self, done, hits.copy(), np.full(len(hits), math.nan)))

    def _slices(self, seed: int) -> Iterator[Progress[Filled]]:
        """Estimate V(d) / V(d - 1), the mean of 2 (1 - x²)^((d-1)/2) over x in [0, 1], from points of its own for every d."""
        each = max(FEWEST, self.n // len(DIMENSIONS))
        ratios, errors = np.ones(len(DIMENSIONS)), np.zeros(len(DIMENSIONS))
        for place, d in enumerate(DIMENSIONS):
            slices = 2 * (1 - stream(seed, f"slices of {d}").random(each) ** 2) ** ((d - 1) / 2)
            ratios[place], errors[place] = slices.mean(), slices.std(ddof=1) / math.sqrt(each)
        yield Progress(self.n, self.n, Filled(self, each * len(DIMENSIONS), ratios, errors))


@dataclass(frozen=True)
class Filled:
    """For d = 2 to 20: `told` holds hits (darts) or ratios V(d) / V(d-1) (slices), `errors` the standard errors of the ratios."""

    spec: Ball
    n: int
    told: Array
    errors: Array

    def volumes(self) -> tuple[Array, Array, Array, Array]:
        """Return estimate, standard error and 95 % interval of the volume for every d.

        Darts: Wilson's interval of the share, times 2^d; without a hit it still says how large the volume may be. Slices: relative variances
        of the ratios add up, and the interval is taken on the log scale, since a product is skewed.
        """
        if self.spec.method == "darts":
            cube = 2.0**DIMENSIONS
            low, high = wilson(self.told, np.full(len(self.told), self.n))
            return cube * self.told / self.n, cube * share_error(self.told, np.full(len(self.told), self.n)), cube * low, cube * high
        value = 2 * np.cumprod(self.told)  # V(1) = 2
        relative = np.sqrt(np.cumsum((self.errors / self.told) ** 2))
        return value, value * relative, value * np.exp(-Z95 * relative), value * np.exp(Z95 * relative)

    def found(self) -> Found:
        """Return the volume in the chosen dimension."""
        place = self.spec.d - int(DIMENSIONS[0])
        return Found(*(float(each[place]) for each in self.volumes()), float(volume(self.spec.d)))

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        d = self.spec.d
        share = float(volume(d)) / 2.0**d
        shown = {"dimensions": float(d)} | self.found().numbers() | {"share of the cube": share, "darts for one hit": 1 / share}
        shown["darts for an error of 1 %"] = (1 - share) / share * 1e4
        return shown | ({"hits": float(self.told[d - 2])} if self.spec.method == "darts" else {})

    def rows(self) -> pd.DataFrame:
        """Return a row a dimension."""
        value, error, low, high = self.volumes()
        return pd.DataFrame({"d": DIMENSIONS, "estimate": value, "standard error": error, "low": low, "high": high, "truth": volume(DIMENSIONS)})
