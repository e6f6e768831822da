"""The smallest and the largest of several values, and those between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import distributions as families
from core.distributions.base import Array, Distribution
from core.distributions.relations.base import Walk, free, samples
from core.distributions.relations.sums import how_many, several
from core.params import param


class Extreme(Walk):
    """Base: the smallest or the largest so far, while values come in."""

    kind = "minimum or maximum"
    begins, dots = None, True


@dataclass(frozen=True)
class ExponentialToExponential(Extreme):
    """The first of several memoryless waits to end is memoryless too, and several times as quick."""

    k: int = how_many(4)
    n: int = samples()
    title, sign, source, target = "Exponential to exponential", "minimum", families.Exponential, families.Exponential
    tex = r"\min(X_1,\dots,X_k)\sim\mathrm{Exponential}(k)"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Exponential(1.0), self.k)

    def partials(self, x: Array) -> Array:
        return np.minimum.accumulate(x, axis=0)

    def law(self) -> Distribution:
        return families.Exponential(float(self.k))


@dataclass(frozen=True)
class WeibullToWeibull(Extreme):
    """A chain breaks at its weakest link: the least of several Weibull lifetimes is a Weibull lifetime."""

    k: int = how_many(4)
    shape: float = free(2.0, "Shape", 0.7, 5, r"a")
    n: int = samples()
    title, sign, source, target = "Weibull to Weibull", "minimum", families.Weibull, families.Weibull
    tex = r"\min(X_1,\dots,X_k)\sim\mathrm{Weibull}\left(a,k^{-1/a}\right)"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Weibull(self.shape, 1.0), self.k)

    def partials(self, x: Array) -> Array:
        return np.minimum.accumulate(x, axis=0)

    def law(self) -> Distribution:
        return families.Weibull(self.shape, self.k ** (-1 / self.shape))


@dataclass(frozen=True)
class FrechetToFrechet(Extreme):
    """The worst of several Fréchet floods is a Fréchet flood: the law is its own limit."""

    k: int = how_many(4)
    shape: float = free(3.0, "Shape", 1, 8, r"\alpha")
    n: int = samples()
    title, sign, source, target = "Fréchet to Fréchet", "maximum", families.Frechet, families.Frechet
    tex = r"\max(X_1,\dots,X_k)\sim\mathrm{Frechet}\left(\alpha,k^{1/\alpha}\right)"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Frechet(self.shape, 1.0), self.k)

    def partials(self, x: Array) -> Array:
        return np.maximum.accumulate(x, axis=0)

    def law(self) -> Distribution:
        return families.Frechet(self.shape, self.k ** (1 / self.shape))


@dataclass(frozen=True)
class UniformToBeta(Walk):
    """Of several random points the one that comes k-th is beta: order makes a hill out of a flat law."""

    k: int = param(3, "Which", low=1, high=8, symbol="k", help="Which of the points, counted from the left.")
    points: int = param(7, "Points", low=1, high=8, symbol="m", help="How many points there are.")
    n: int = samples()
    kind, dots = "minimum or maximum", True
    title, sign, source, target = "Uniform to beta", "k-th smallest", families.Uniform, families.Beta
    tex = r"U_{(k)}\sim\mathrm{Beta}(k,\,m+1-k)"
    reference = "https://en.wikipedia.org/wiki/Order_statistic"

    def agree(self) -> None:
        if self.k > self.points:
            raise ValueError(f"k must be at most the points, got {self.k} of {self.points}: try {self.points}")

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Uniform(0.0, 1.0), self.points)

    def draw(self, rng: np.random.Generator, n: int) -> Array:
        return np.sort(super().draw(rng, n), axis=0)

    def partials(self, x: Array) -> Array:
        return x[: self.k]

    def law(self) -> Distribution:
        return families.Beta(float(self.k), float(self.points + 1 - self.k))


@dataclass(frozen=True)
class ZipfToZipf(Walk):
    """The greatest common divisor of two Zipf numbers is a Zipf number with twice the exponent: each prime takes its lesser power."""

    exponent: float = free(1.5, "Exponent", 1.4, 2.5, "s")
    n: int = samples()
    kind, begins, dots = "minimum or maximum", None, True
    title, sign, source, target = "Zipf to Zipf", "gcd", families.Zipf, families.Zipf
    tex = r"\gcd(X_1,X_2)\sim\mathrm{Zipf}(2s)"
    reference = "https://en.wikipedia.org/wiki/Zeta_distribution"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Zipf(self.exponent), 2)

    def partials(self, x: Array) -> Array:
        return np.array([x[0], np.gcd(*x.astype(np.int64))], float)

    def law(self) -> Distribution:
        return families.Zipf(2 * self.exponent)
