"""Two inputs as a point of the plane: ratios, shares and lengths."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core import distributions as families
from core.distributions.base import Distribution
from core.distributions.relations.base import Ray, free, samples
from core.distributions.relations.laws import Moved
from core.params import param

NORMAL = families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class NormalToCauchy(Ray):
    """One standard normal value divided by another is Cauchy's: the divisor is too often near zero."""

    n: int = samples()
    title, source, target = "Normal to Cauchy", families.Normal, families.Cauchy
    tex = r"\frac{Z_1}{Z_2}\sim\mathrm{Cauchy}(0,1)"
    reference = "https://en.wikipedia.org/wiki/Ratio_distribution"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": NORMAL, "y": NORMAL}

    def law(self) -> Distribution:
        return families.Cauchy(0.0, 1.0)


@dataclass(frozen=True)
class NormalToStudent(Ray):
    """A normal error divided by its own estimated size has Student's law."""

    df: int = param(3, "Degrees of freedom", low=1, high=20, symbol=r"\nu", help="How many squares the size is estimated from.")
    n: int = samples()
    title, source, target = "Normal to Student t", families.Normal, families.StudentT
    also = (families.ChiSquared,)
    tex = r"\frac{Z}{\sqrt{X/\nu}}\sim t_\nu,\quad X\sim\chi^2_\nu"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": NORMAL, "y": Moved(families.Chi(float(self.df)), 0.0, 1 / math.sqrt(self.df))}

    def law(self) -> Distribution:
        return families.StudentT(float(self.df), 0.0, 1.0)


@dataclass(frozen=True)
class ChiSquaredToF(Ray):
    """Two estimates of one variance, divided by each other, have the F law."""

    d1: int = param(5, "Degrees of freedom above", low=1, high=20, symbol="d_1", help="Of the numerator.")
    d2: int = param(8, "Degrees of freedom below", low=1, high=20, symbol="d_2", help="Of the denominator.")
    n: int = samples()
    title, source, target = "Chi-squared to F", families.ChiSquared, families.FRatio
    tex = r"\frac{X_1/d_1}{X_2/d_2}\sim F(d_1,d_2)"

    def inputs(self) -> dict[str, Distribution]:
        return {name: Moved(families.ChiSquared(float(df)), 0.0, 1 / df) for name, df in (("x", self.d1), ("y", self.d2))}

    def law(self) -> Distribution:
        return families.FRatio(float(self.d1), float(self.d2))


@dataclass(frozen=True)
class GammaToBeta(Ray):
    """The share of one gamma time in two together is beta, and does not depend on their sum."""

    a: float = free(2.0, "First shape", 0.5, 8, "a")
    b: float = free(3.0, "Second shape", 0.5, 8, "b")
    n: int = samples()
    title, sign, source, target, screen = "Gamma to beta", "share", families.Gamma, families.Beta, "diagonal"
    tex = r"\frac{X}{X+Y}\sim\mathrm{Beta}(a,b),\quad X\sim\mathrm{Gamma}(a,\beta),\ Y\sim\mathrm{Gamma}(b,\beta)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Gamma(self.a, self.a + self.b), "y": families.Gamma(self.b, self.a + self.b)}

    def law(self) -> Distribution:
        return families.Beta(self.a, self.b)


@dataclass(frozen=True)
class WeibullToLogLogistic(Ray):
    """One Weibull lifetime divided by another is log-logistic."""

    shape: float = free(2.0, "Shape", 1, 5, "k")
    n: int = samples()
    title, source, target = "Weibull to log-logistic", families.Weibull, families.LogLogistic
    tex = r"\frac{X_1}{X_2}\sim\mathrm{LogLogistic}(1,k)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Weibull(self.shape, 1.0), "y": families.Weibull(self.shape, 1.0)}

    def law(self) -> Distribution:
        return families.LogLogistic(1.0, self.shape)


@dataclass(frozen=True)
class NormalToRayleigh(Ray):
    """A dart whose errors across and up are normal lands at a distance with Rayleigh's law."""

    n: int = samples()
    kind, screen = "transform", "circle"
    title, sign, source, target = "Normal to Rayleigh", "length", families.Normal, families.Rayleigh
    tex = r"\sqrt{Z_1^2+Z_2^2}\sim\mathrm{Rayleigh}(1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": NORMAL, "y": NORMAL}

    def law(self) -> Distribution:
        return families.Rayleigh(1.0)


@dataclass(frozen=True)
class NormalToRice(Ray):
    """A dart thrown at a point beside the middle lands at a distance from the middle with Rice's law."""

    nu: float = free(2.0, "Distance", 0.0, 4, r"\nu", "linear", step=0.1)
    n: int = samples()
    kind, screen = "transform", "circle"
    title, sign, source, target = "Normal to Rice", "length", families.Normal, families.Rice
    tex = r"\sqrt{(Z_1+\nu)^2+Z_2^2}\sim\mathrm{Rice}(\nu,1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Normal(self.nu, 1.0), "y": NORMAL}

    def law(self) -> Distribution:
        return families.Rice(self.nu, 1.0)
