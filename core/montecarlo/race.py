"""How fast does the error fall? Root mean square error against n for five ways to throw, on log-log axes, with the slope and its interval."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from core.montecarlo.averages import Z95
from core.montecarlo.intervals import Found
from core.montecarlo.throws import GENERATORS, WORDS, share
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

Array = np.ndarray
LEAST = 6  # the race starts with 2^6 darts
THEORY = {"random": -0.5, "sobol": -0.75, "halton": -0.75, "stratified": -0.75, "antithetic": -0.5}
NAMES = dict(zip(GENERATORS, WORDS, strict=True))


@dataclass(frozen=True)
class Race(Spec):
    """How fast the error falls: at random like 1/√n, evenly spread points like n to the power −3/4 on a disc."""

    title = "Race"
    most: int = param(16, "Darts, as a power of 2", low=8, high=16, step=1, bounds=(8, 18), help="The race runs from 2⁶ darts to so many.")
    replicates: int = param(128, "Replicates", low=64, high=512, scale="log", bounds=(8, 1000), help="Runs at each n, from which the error is measured.")

    def run(self, seed: int) -> Iterator[Progress[Raced]]:
        """Throw all replicates at one n after another, each with darts of its own."""
        sizes = 2 ** np.arange(LEAST, self.most + 1)
        errors = np.full((len(GENERATORS), len(sizes), self.replicates), math.nan)
        for k, n in enumerate(sizes):
            for g, generator in enumerate(GENERATORS):
                for r in range(self.replicates):
                    source = partial(stream, seed, generator, f"{n} darts", f"replicate {r}")
                    errors[g, k, r] = 4 * share(generator, source, int(n)) - math.pi
            yield Progress(int(sizes[: k + 1].sum()), int(sizes.sum()), Raced(self, sizes[: k + 1], errors[:, : k + 1].copy()), f"{n:,} darts")


@dataclass(frozen=True)
class Raced:
    """Errors of every replicate: (generators, sizes, replicates)."""

    spec: Race
    sizes: Array
    errors: Array

    def rmse(self) -> Array:
        """Return the root mean square error of every generator at every n: (generators, sizes)."""
        return np.sqrt(np.mean(self.errors**2, axis=2))

    def slopes(self) -> tuple[Array, Array]:
        """Return the least-squares slopes of log RMSE against log n, and their standard errors: (generators,) each.

        Replicates at different n are independent, so the errors of the points add up; that of log RMSE is half the relative error of the mean
        square, taken from the replicates themselves.
        """
        if len(self.sizes) < 2:
            return np.full(len(self.errors), math.nan), np.full(len(self.errors), math.nan)
        across = np.log(self.sizes) - np.log(self.sizes).mean()
        weights, squares = across / np.sum(across**2), self.errors**2
        relative = squares.std(axis=2, ddof=1) / math.sqrt(squares.shape[2]) / squares.mean(axis=2)
        return np.log(self.rmse()) @ weights, np.sqrt((relative / 2) ** 2 @ weights**2)

    def found(self) -> Found:
        """Return the slope of random darts beside −1/2."""
        slopes, errors = self.slopes()
        return Found(slopes[0], errors[0], slopes[0] - Z95 * errors[0], slopes[0] + Z95 * errors[0], THEORY["random"])

    def gain(self) -> float:
        """Return how many times smaller the mean error of Sobol points is than that of random darts, at the largest n."""
        misses = np.abs(self.errors[:, -1]).mean(axis=1)
        return float(misses[GENERATORS.index("random")] / misses[GENERATORS.index("sobol")])

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        shown = {}
        for generator, slope, error in zip(GENERATORS, *self.slopes(), strict=True):
            shown |= {f"slope, {NAMES[generator]}": slope, f"half width, {NAMES[generator]}": Z95 * error, f"theory, {NAMES[generator]}": THEORY[generator]}
        return {name: float(value) for name, value in shown.items()} | {f"Sobol is better at n = {self.sizes[-1]:,} by": self.gain()}

    def rows(self) -> pd.DataFrame:
        """Return a row an n: the RMSE of every generator."""
        return pd.DataFrame({"darts": self.sizes} | {NAMES[name]: row for name, row in zip(GENERATORS, self.rmse(), strict=True)})
