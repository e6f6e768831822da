"""Transforms of all other laws."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core import distributions as families
from core.distributions.base import Array, Distribution
from core.distributions.relations.base import Transform, free, samples


@dataclass(frozen=True)
class GammaToInverseGamma(Transform):
    """One over a gamma value is inverse gamma, by definition: a precision becomes a variance."""

    shape: float = free(3.0, "Shape", 0.8, 8, r"\alpha")
    n: int = samples()
    title, sign, source, target = "Gamma to inverse gamma", "1 / x", families.Gamma, families.InverseGamma
    tex = r"X\sim\mathrm{Gamma}(\alpha,1)\ \Rightarrow\ \frac{1}{X}\sim\mathrm{InvGamma}(\alpha,1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Gamma(self.shape, 1.0)}

    def turn(self, x: Array) -> Array:
        return 1 / x

    def law(self) -> Distribution:
        return families.InverseGamma(self.shape, 1.0)


@dataclass(frozen=True)
class GammaToNakagami(Transform):
    """The root of a gamma power is the strength of a radio signal."""

    m: float = free(1.5, "Shape", 0.5, 6, r"m")
    n: int = samples()
    title, sign, source, target = "Gamma to Nakagami", "root", families.Gamma, families.Nakagami
    tex = r"X\sim\mathrm{Gamma}(m,m)\ \Rightarrow\ \sqrt{X}\sim\mathrm{Nakagami}(m,1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Gamma(self.m, self.m)}

    def turn(self, x: Array) -> Array:
        return np.sqrt(x)

    def law(self) -> Distribution:
        return families.Nakagami(self.m, 1.0)


@dataclass(frozen=True)
class GammaToGeneralizedGamma(Transform):
    """Any power of a gamma value is generalised gamma."""

    shape: float = free(2.0, "Shape", 0.5, 8, r"k")
    power: float = free(2.0, "Power", 0.5, 4, r"p")
    n: int = samples()
    title, sign, source, target = "Gamma to generalised gamma", "power", families.Gamma, families.GeneralizedGamma
    tex = r"X\sim\mathrm{Gamma}(k,1)\ \Rightarrow\ X^{1/p}\sim\mathrm{GenGamma}(k,p,1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Gamma(self.shape, 1.0)}

    def turn(self, x: Array) -> Array:
        return x ** (1 / self.power)

    def law(self) -> Distribution:
        return families.GeneralizedGamma(self.shape, self.power, 1.0)


@dataclass(frozen=True)
class LaplaceToExponential(Transform):
    """The size of a Laplace error, without its sign, is an exponential waiting time."""

    n: int = samples()
    title, sign, source, target = "Laplace to exponential", "|x|", families.Laplace, families.Exponential
    tex = r"X\sim\mathrm{Laplace}(0,1)\ \Rightarrow\ |X|\sim\mathrm{Exponential}(1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Laplace(0.0, 1.0)}

    def turn(self, x: Array) -> Array:
        return np.abs(x)

    def law(self) -> Distribution:
        return families.Exponential(1.0)


@dataclass(frozen=True)
class LogisticToLogLogistic(Transform):
    """The exponential of a logistic value is log-logistic."""

    shape: float = free(3.0, "Shape", 1, 6, r"\beta")
    n: int = samples()
    title, sign, source, target = "Logistic to log-logistic", "exp", families.Logistic, families.LogLogistic
    tex = r"X\sim\mathrm{Logistic}(0,1)\ \Rightarrow\ e^{X/\beta}\sim\mathrm{LogLogistic}(1,\beta)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Logistic(0.0, 1.0)}

    def turn(self, x: Array) -> Array:
        return np.exp(x / self.shape)

    def law(self) -> Distribution:
        return families.LogLogistic(1.0, self.shape)


@dataclass(frozen=True)
class FToBeta(Transform):
    """The share of the variance above in both variances together is beta."""

    d1: float = free(5.0, "Degrees of freedom above", 1, 20, "d_1")
    d2: float = free(8.0, "Degrees of freedom below", 1, 20, "d_2")
    n: int = samples()
    title, sign, source, target = "F to beta", "share", families.FRatio, families.Beta
    tex = r"X\sim F(d_1,d_2)\ \Rightarrow\ \frac{d_1X}{d_1X+d_2}\sim\mathrm{Beta}\left(\tfrac{d_1}{2},\tfrac{d_2}{2}\right)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.FRatio(self.d1, self.d2)}

    def turn(self, x: Array) -> Array:
        return self.d1 * x / (self.d1 * x + self.d2)

    def law(self) -> Distribution:
        return families.Beta(self.d1 / 2, self.d2 / 2)


@dataclass(frozen=True)
class HalfCauchyToHyperbolicSecant(Transform):
    """The logarithm of how far a lighthouse beam lands follows the hyperbolic secant."""

    n: int = samples()
    title, sign, source, target = "Half-Cauchy to hyperbolic secant", "log", families.HalfCauchy, families.HyperbolicSecant
    tex = r"X\sim\mathrm{HalfCauchy}(1)\ \Rightarrow\ \log X\sim\mathrm{Sech}(0,1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.HalfCauchy(1.0)}

    def turn(self, x: Array) -> Array:
        return np.log(x)

    def law(self) -> Distribution:
        return families.HyperbolicSecant(0.0, 1.0)


@dataclass(frozen=True)
class ChiSquaredToMoyal(Transform):
    """Minus the logarithm of a squared normal value has Moyal's law of energy losses."""

    n: int = samples()
    title, sign, source, target = "Chi-squared to Moyal", "−log", families.ChiSquared, families.Moyal
    tex = r"X\sim\chi^2_1\ \Rightarrow\ -\log X\sim\mathrm{Moyal}(0,1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.ChiSquared(1.0)}

    def turn(self, x: Array) -> Array:
        return -np.log(x)

    def law(self) -> Distribution:
        return families.Moyal(0.0, 1.0)


@dataclass(frozen=True)
class ChiSquaredToChi(Transform):
    """The root of a sum of squares is a length: the chi law."""

    df: float = free(4.0, "Degrees of freedom", 1, 12, r"k")
    n: int = samples()
    title, sign, source, target = "Chi-squared to chi", "root", families.ChiSquared, families.Chi
    tex = r"X\sim\chi^2_k\ \Rightarrow\ \sqrt{X}\sim\chi_k"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.ChiSquared(self.df)}

    def turn(self, x: Array) -> Array:
        return np.sqrt(x)

    def law(self) -> Distribution:
        return families.Chi(self.df)


@dataclass(frozen=True)
class StudentToF(Transform):
    """The square of Student's t is an F ratio with one degree of freedom above: two tests of one mean agree."""

    df: float = free(5.0, "Degrees of freedom", 1, 20, r"\nu")
    n: int = samples()
    title, sign, source, target = "Student t to F", "square", families.StudentT, families.FRatio
    tex = r"X\sim t_\nu\ \Rightarrow\ X^2\sim F(1,\nu)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.StudentT(self.df, 0.0, 1.0)}

    def turn(self, x: Array) -> Array:
        return x**2

    def law(self) -> Distribution:
        return families.FRatio(1.0, self.df)


@dataclass(frozen=True)
class WeibullToFrechet(Transform):
    """One over a Weibull value is a Fréchet value: the weakest link upside down."""

    shape: float = free(3.0, "Shape", 1, 8, r"\alpha")
    n: int = samples()
    title, sign, source, target = "Weibull to Fréchet", "1 / x", families.Weibull, families.Frechet
    tex = r"X\sim\mathrm{Weibull}(\alpha,1)\ \Rightarrow\ \frac{1}{X}\sim\mathrm{Frechet}(\alpha,1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Weibull(self.shape, 1.0)}

    def turn(self, x: Array) -> Array:
        return 1 / x

    def law(self) -> Distribution:
        return families.Frechet(self.shape, 1.0)


@dataclass(frozen=True)
class CauchyToHalfCauchy(Transform):
    """The size of a Cauchy error, without its sign, is half-Cauchy."""

    n: int = samples()
    title, sign, source, target = "Cauchy to half-Cauchy", "|x|", families.Cauchy, families.HalfCauchy
    tex = r"X\sim\mathrm{Cauchy}(0,1)\ \Rightarrow\ |X|\sim\mathrm{HalfCauchy}(1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Cauchy(0.0, 1.0)}

    def turn(self, x: Array) -> Array:
        return np.abs(x)

    def law(self) -> Distribution:
        return families.HalfCauchy(1.0)


@dataclass(frozen=True)
class CauchyToWrappedCauchy(Transform):
    """The Cauchy line wound around a circle gives directions with outliers."""

    scale: float = free(0.7, "Scale", 0.1, 2, r"\gamma")
    n: int = samples()
    title, sign, source, target = "Cauchy to wrapped Cauchy", "mod 2π", families.Cauchy, families.WrappedCauchy
    tex = r"X\sim\mathrm{Cauchy}(0,\gamma)\ \Rightarrow\ X\bmod 2\pi\sim\mathrm{WrappedCauchy}(0,e^{-\gamma})"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Cauchy(0.0, self.scale)}

    def turn(self, x: Array) -> Array:
        return np.mod(x + math.pi, 2 * math.pi) - math.pi

    def law(self) -> Distribution:
        return families.WrappedCauchy(0.0, math.exp(-self.scale))


@dataclass(frozen=True)
class ParetoToLomax(Transform):
    """A Pareto value above its least one is a Lomax value: the same power law, from zero on."""

    shape: float = free(3.0, "Tail exponent", 1, 8, r"\alpha")
    n: int = samples()
    title, sign, source, target = "Pareto to Lomax", "shift", families.Pareto, families.Lomax
    tex = r"X\sim\mathrm{Pareto}(\alpha,1)\ \Rightarrow\ X-1\sim\mathrm{Lomax}(\alpha,1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Pareto(self.shape, 1.0)}

    def turn(self, x: Array) -> Array:
        return x - 1

    def law(self) -> Distribution:
        return families.Lomax(self.shape, 1.0)


@dataclass(frozen=True)
class ZipfToGeometric(Transform):
    """How often 2 divides a Zipf number, and once more, is geometric: its primes are independent coins."""

    exponent: float = free(1.5, "Exponent", 1.4, 3, "s")
    n: int = samples()
    title, sign, source, target = "Zipf to geometric", "factors 2", families.Zipf, families.Geometric
    tex = r"X\sim\mathrm{Zipf}(s)\ \Rightarrow\ 1+\max\{j:2^j\mid X\}\sim\mathrm{Geometric}(1-2^{-s})"
    reference = "https://en.wikipedia.org/wiki/Zeta_distribution"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Zipf(self.exponent)}

    def turn(self, x: Array) -> Array:
        whole = np.asarray(x).astype(np.int64)
        return 1 + np.log2((whole & -whole).astype(float))  # the lowest bit that is set is the largest power of 2 that divides

    def law(self) -> Distribution:
        return families.Geometric(-math.expm1(-self.exponent * math.log(2)))
