"""What becomes of weights as the dimension grows: a product of d equal factors, each a little off."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from core.montecarlo.averages import Z95
from core.montecarlo.importance_theory import Spread
from core.montecarlo.intervals import Found
from core.montecarlo.pareto import psis
from core.montecarlo.weights import Average, ess, running
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

Array = np.ndarray
MOST = 60
RANGE = (0.0, 60.0)  # of the mean of x² over the coordinates


@dataclass(frozen=True)
class Dimension(Spec):
    """A standard normal target in d dimensions, and a proposal that is off by a little in each: the effective share of the draws falls like cᵈ."""

    title = "Dimension"
    n: int = param(10_000, "Draws", low=100, high=50_000, scale="log", bounds=(10, 50_000), help="How many draws; the same ones serve every dimension.")
    d: int = param(10, "Dimensions", low=1, high=MOST, step=1, bounds=(1, MOST), help="Whose estimate the numbers tell; the picture shows all up to 60.")
    width: float = param(1.2, "Width of the proposal", low=0.5, high=3, step=0.05, bounds=(0.05, 20), help="Standard deviation of q in every dimension.")
    shift: float = param(0.0, "Shift of the proposal", low=-2, high=2, step=0.05, bounds=(-20, 20), help="Mean of q in every dimension.")

    def log_power(self, power: int) -> tuple[float, float, float]:
        """Return the log of E_q w^power in one dimension (inf where it is infinite), and mean and variance of the law ∝ p^power / q^(power - 1).

        The precision of that law is k - (k - 1) / s², and its mean -(k - 1) m / s² over that. For k = 2: log E w² = log(s² / √(2 s² - 1)) + m² / (2 s² - 1).
        """
        k, m, s = power, self.shift, self.width
        precision = k - (k - 1) / s**2
        if precision <= 0:
            return math.inf, math.nan, math.nan
        pull = -(k - 1) * m / s**2
        log = (k - 1) * (math.log(s) + m**2 / (2 * s**2)) - 0.5 * math.log(precision) + pull**2 / (2 * precision)
        return log, pull / precision, 1 / precision

    def share(self, d: Array) -> Array:
        """Return the effective share of the draws in the long run, (E w²)^-d."""
        return np.exp(-self.log_power(2)[0] * np.asarray(d, float))

    def spread(self, d: int) -> Spread:
        """Return how w (f - 1) scatters, where f is the mean of x² over d coordinates: moments of a noncentral chi-squared law."""
        second, mean, variance = self.log_power(2)
        if math.isinf(second):
            return Spread(math.inf, math.inf)
        off = variance + mean**2 - 1
        square = off**2 + (2 * variance**2 + 4 * variance * mean**2) / d
        log_sd = (d * second + math.log(square)) / 2 if square > 0 else -math.inf
        third, mean, variance = self.log_power(3)
        if math.isinf(third):
            return Spread(log_sd, math.inf)
        off = variance + mean**2 - 1
        cube = off**3 + 3 * off * (2 * variance**2 + 4 * variance * mean**2) / d + (8 * variance**3 + 24 * variance**2 * mean**2) / d**2
        log_ratio = d * third - 3 * log_sd
        return Spread(log_sd, cube * math.exp(log_ratio) if log_ratio < 600 else math.copysign(math.inf, cube))

    def run(self, seed: int) -> Iterator[Progress[Shrunk]]:
        """Draw coordinate after coordinate; the log weights of d dimensions are sums of d terms."""
        logs, squares, worth, averages, heaviest = np.zeros(self.n), np.zeros(self.n), [], [], []
        for d in range(1, MOST + 1):
            z = stream(seed, f"coordinate {d}").standard_normal(self.n)
            x = self.shift + self.width * z
            logs += 0.5 * z * z - 0.5 * x * x + math.log(self.width)
            squares += x * x
            at = running(logs, squares / d, np.array([self.n]), RANGE)
            worth.append(ess(logs))
            averages.append(at.normalised.last())
            heaviest.append(at.largest[-1])
            if d == self.d:
                kept = logs.copy()
            if d in (MOST // 2, MOST):
                yield Progress(
                    d, MOST, Shrunk(self, np.arange(1, d + 1), np.array(worth), np.array(averages), np.array(heaviest), kept if d >= self.d else logs.copy())
                )


@dataclass(frozen=True)
class Shrunk:
    """For each d (k,): effective draws, the self-normalised estimate with its error and interval (k, 4), and the heaviest share; log weights at the chosen d."""

    spec: Dimension
    d: Array
    worth: Array
    averages: Array
    heaviest: Array
    log_weights: Array

    @property
    def place(self) -> int:
        """Which row the chosen dimension is."""
        return min(self.spec.d, len(self.d)) - 1

    @cached_property
    def average(self) -> Average:
        """The estimates over all dimensions."""
        return Average(*self.averages.T)

    def found(self) -> Found:
        """Return the estimate of the mean of x² over the coordinates, which is 1."""
        return Found(*(float(each) for each in self.averages[self.place]), 1.0)

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        spec, share = self.spec, float(self.spec.share(self.spec.d))
        fitted = psis(self.log_weights)
        return (
            {"dimensions": float(spec.d)}
            | self.found().numbers()
            | {"exact standard error": spec.spread(spec.d).sd / math.sqrt(spec.n), "effective draws": float(self.worth[self.place])}
            | {"effective share": float(self.worth[self.place]) / spec.n, "exact share in the long run": share}
            | {"draws for a hundred effective ones": 100 / share if share > 0 else math.inf, "share of the heaviest draw": float(self.heaviest[self.place])}
            | {"Pareto k": math.nan if fitted.why else fitted.k}
        )

    def rows(self) -> pd.DataFrame:
        """Return a row a dimension."""
        value, error, low, high = self.averages.T
        exact = self.spec.share(self.d)
        return pd.DataFrame(
            {"d": self.d, "effective draws": self.worth, "exact share": exact, "estimate": value, "standard error": error, "low": low, "high": high}
        )


def half_width(spec: Dimension) -> float:
    """Return the exact half width of the interval at the chosen dimension."""
    return Z95 * spec.spread(spec.d).sd / math.sqrt(spec.n)
