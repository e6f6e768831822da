"""Sums, differences, lengths and averages of several values."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core import distributions as families
from core.distributions.base import Array, Distribution
from core.distributions.relations.base import Walk, free, samples
from core.params import param


def several(law: Distribution, count: int) -> dict[str, Distribution]:
    """Return so many inputs of one law, by name."""
    return {f"x{i + 1}": law for i in range(count)}


def how_many(start: int, least: int = 1) -> int:
    """Declare how many inputs go in."""
    return param(start, "How many", low=least, high=8, symbol="k", help="How many values go in.")


@dataclass(frozen=True)
class BernoulliToBinomial(Walk):
    """Several yes-or-no trials, counted, are binomial."""

    k: int = how_many(6)
    p: float = free(0.4, "Probability of success", 0.05, 0.95, r"p", "linear")
    n: int = samples()
    title, source, target = "Bernoulli to binomial", families.Bernoulli, families.Binomial
    tex = r"X_1+\dots+X_k\sim\mathrm{Binomial}(k,p)"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Bernoulli(self.p), self.k)

    def law(self) -> Distribution:
        return families.Binomial(self.k, self.p)


@dataclass(frozen=True)
class GeometricToNegativeBinomial(Walk):
    """The failures before several successes, one wait after another, are negative binomial."""

    k: int = how_many(4)
    p: float = free(0.4, "Probability of success", 0.1, 0.9, r"p", "linear")
    n: int = samples()
    title, source, target = "Geometric to negative binomial", families.Geometric, families.NegativeBinomial
    tex = r"(X_1-1)+\dots+(X_k-1)\sim\mathrm{NegBinomial}(k,p)"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Geometric(self.p), self.k)

    def partials(self, x: Array) -> Array:
        return np.cumsum(x - 1, axis=0)

    def law(self) -> Distribution:
        return families.NegativeBinomial(float(self.k), self.p)


@dataclass(frozen=True)
class ExponentialToGamma(Walk):
    """Several memoryless waits, one after another, are a gamma time."""

    k: int = how_many(4)
    rate: float = free(1.0, "Rate", 0.3, 3, r"\lambda")
    n: int = samples()
    title, source, target = "Exponential to gamma", families.Exponential, families.Gamma
    tex = r"X_1+\dots+X_k\sim\mathrm{Gamma}(k,\lambda)"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Exponential(self.rate), self.k)

    def law(self) -> Distribution:
        return families.Gamma(float(self.k), self.rate)


@dataclass(frozen=True)
class NormalsToChiSquared(Walk):
    """The squares of several standard normal values, added, are chi-squared."""

    k: int = how_many(4)
    n: int = samples()
    title, source, target = "Normal to chi-squared, by a sum of squares", families.Normal, families.ChiSquared
    sign = "squares"
    tex = r"Z_1^2+\dots+Z_k^2\sim\chi^2_k"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Normal(0.0, 1.0), self.k)

    def partials(self, x: Array) -> Array:
        return np.cumsum(x**2, axis=0)

    def law(self) -> Distribution:
        return families.ChiSquared(float(self.k))


@dataclass(frozen=True)
class NormalToMaxwell(Walk):
    """Three normal velocities make a speed: the length of the vector has Maxwell's law."""

    n: int = samples()
    title, sign, source, target = "Normal to Maxwell", "length", families.Normal, families.Maxwell
    tex = r"\sqrt{Z_1^2+Z_2^2+Z_3^2}\sim\mathrm{Maxwell}(1)"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Normal(0.0, 1.0), 3)

    def partials(self, x: Array) -> Array:
        return np.sqrt(np.cumsum(x**2, axis=0))

    def law(self) -> Distribution:
        return families.Maxwell(1.0)


@dataclass(frozen=True)
class NormalToNormal(Walk):
    """Independent normal errors add up to a normal error; their variances add."""

    first: float = free(1.0, "First standard deviation", 0.3, 3, r"\sigma_1")
    second: float = free(0.6, "Second standard deviation", 0.3, 3, r"\sigma_2")
    n: int = samples()
    title, source, target = "Normal to normal", families.Normal, families.Normal
    tex = r"X_1+X_2\sim\mathrm{Normal}(0,\sigma_1^2+\sigma_2^2)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x1": families.Normal(0.0, self.first), "x2": families.Normal(0.0, self.second)}

    def law(self) -> Distribution:
        return families.Normal(0.0, math.hypot(self.first, self.second))


@dataclass(frozen=True)
class PoissonToPoisson(Walk):
    """Calls on two lines, counted together, are Poisson's; their rates add."""

    first: float = free(2.0, "First rate", 0.3, 6, r"\lambda_1")
    second: float = free(3.0, "Second rate", 0.3, 6, r"\lambda_2")
    n: int = samples()
    title, source, target = "Poisson to Poisson", families.Poisson, families.Poisson
    tex = r"X_1+X_2\sim\mathrm{Poisson}(\lambda_1+\lambda_2)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x1": families.Poisson(self.first), "x2": families.Poisson(self.second)}

    def law(self) -> Distribution:
        return families.Poisson(self.first + self.second)


@dataclass(frozen=True)
class CauchyToCauchy(Walk):
    """The average of several Cauchy values is as wild as one of them: averaging buys nothing."""

    k: int = how_many(5, 2)
    n: int = samples()
    title, sign, source, target = "Cauchy to Cauchy", "mean", families.Cauchy, families.Cauchy
    tex = r"\frac{X_1+\dots+X_k}{k}\sim\mathrm{Cauchy}(0,1)"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Cauchy(0.0, 1.0), self.k)

    def partials(self, x: Array) -> Array:
        return np.cumsum(x / self.k, axis=0)

    def law(self) -> Distribution:
        return families.Cauchy(0.0, 1.0)


@dataclass(frozen=True)
class UniformToTriangular(Walk):
    """Two spinners added make a tent: middling sums can come about in more ways."""

    n: int = samples()
    title, source, target = "Uniform to triangular", families.Uniform, families.Triangular
    tex = r"U_1+U_2\sim\mathrm{Triangular}(0,1,2)"

    def inputs(self) -> dict[str, Distribution]:
        return several(families.Uniform(0.0, 1.0), 2)

    def law(self) -> Distribution:
        return families.Triangular(0.0, 1.0, 2.0)


@dataclass(frozen=True)
class NormalToExGaussian(Walk):
    """A normal value plus a waiting time: how reaction times are modelled."""

    rate: float = free(0.7, "Rate of the wait", 0.2, 4, r"\lambda")
    n: int = samples()
    title, sign, source, target = "Normal to exponentially modified normal", "+ wait", families.Normal, families.ExGaussian
    also = (families.Exponential,)
    tex = r"Z+X\sim\mathrm{ExGaussian}(0,1,\lambda),\quad X\sim\mathrm{Exponential}(\lambda)"

    def inputs(self) -> dict[str, Distribution]:
        return {"z": families.Normal(0.0, 1.0), "x": families.Exponential(self.rate)}

    def law(self) -> Distribution:
        return families.ExGaussian(0.0, 1.0, self.rate)


@dataclass(frozen=True)
class LogarithmicToNegativeBinomial(Walk):
    """A Poisson number of species, each with a logarithmic number of butterflies: all butterflies are negative binomial."""

    p: float = free(0.5, "Parameter of the series", 0.1, 0.9, r"p", "linear")
    r: float = free(2.0, "Shape", 0.5, 4, r"r")
    n: int = samples()
    title, sign, source, target = "Logarithmic to negative binomial", "Poisson many", families.Logarithmic, families.NegativeBinomial
    also = (families.Poisson,)
    tex = r"X_1+\dots+X_N\sim\mathrm{NegBinomial}(r,1-p),\quad N\sim\mathrm{Poisson}(-r\log(1-p))"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Logarithmic(self.p)}

    def draw(self, rng: np.random.Generator, n: int) -> Array:
        count = rng.poisson(-self.r * math.log1p(-self.p), n)
        x = families.Logarithmic(self.p).sample(rng, n * max(1, int(count.max()))).reshape(-1, n)
        return np.where(np.arange(len(x))[:, None] < count, x, 0.0)

    def law(self) -> Distribution:
        return families.NegativeBinomial(self.r, 1 - self.p)
