"""Functions of a uniform and of an exponential value."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core import distributions as families
from core.distributions.base import Array, Distribution
from core.distributions.relations.base import Transform, free, samples
from core.params import param

UNIFORM = {"u": families.Uniform(0.0, 1.0)}
EXPONENTIAL = {"x": families.Exponential(1.0)}


class OfUniform(Transform):
    """Base: a function of a uniform value between 0 and 1."""

    source = families.Uniform

    def inputs(self) -> dict[str, Distribution]:
        return UNIFORM


class OfExponential(Transform):
    """Base: a function of an exponential value with rate 1."""

    source = families.Exponential

    def inputs(self) -> dict[str, Distribution]:
        return EXPONENTIAL


@dataclass(frozen=True)
class UniformToExponential(OfUniform):
    """Minus the logarithm of a uniform value is an exponential waiting time."""

    rate: float = free(1.0, "Rate", 0.3, 3, r"\lambda")
    n: int = samples()
    title, sign, target = "Uniform to exponential", "−log", families.Exponential
    tex = r"-\frac{\log U}{\lambda}\sim\mathrm{Exponential}(\lambda)"
    reference = "https://en.wikipedia.org/wiki/Inverse_transform_sampling"

    def turn(self, x: Array) -> Array:
        return -np.log(x) / self.rate

    def law(self) -> Distribution:
        return families.Exponential(self.rate)


@dataclass(frozen=True)
class UniformToCauchy(OfUniform):
    """A lighthouse that turns evenly lights the coast by Cauchy's law: the tangent of a uniform angle."""

    n: int = samples()
    title, sign, target = "Uniform to Cauchy", "tan", families.Cauchy
    tex = r"\tan\left(\pi\left(U-\tfrac{1}{2}\right)\right)\sim\mathrm{Cauchy}(0,1)"

    def turn(self, x: Array) -> Array:
        return np.tan(math.pi * (x - 0.5))

    def law(self) -> Distribution:
        return families.Cauchy(0.0, 1.0)


@dataclass(frozen=True)
class UniformToLogistic(OfUniform):
    """The log odds of a uniform probability are logistic."""

    n: int = samples()
    title, sign, target = "Uniform to logistic", "logit", families.Logistic
    tex = r"\log\frac{U}{1-U}\sim\mathrm{Logistic}(0,1)"

    def turn(self, x: Array) -> Array:
        return special.logit(x)

    def law(self) -> Distribution:
        return families.Logistic(0.0, 1.0)


@dataclass(frozen=True)
class UniformToArcsine(OfUniform):
    """A pendulum seen at a random time is mostly near its ends: the arcsine law."""

    n: int = samples()
    title, sign, target = "Uniform to arcsine", "sin²", families.Arcsine
    tex = r"\sin^2\left(\tfrac{\pi U}{2}\right)\sim\mathrm{Arcsine}(0,1)"

    def turn(self, x: Array) -> Array:
        return np.sin(math.pi * x / 2) ** 2

    def law(self) -> Distribution:
        return families.Arcsine(0.0, 1.0)


@dataclass(frozen=True)
class UniformToKumaraswamy(OfUniform):
    """Kumaraswamy's law is what its own elementary quantile function makes of a uniform value."""

    a: float = free(2.0, "Power of the value", 0.5, 8, r"a")
    b: float = free(3.0, "Power of the rest", 0.5, 8, r"b")
    n: int = samples()
    title, sign, target = "Uniform to Kumaraswamy", "powers", families.Kumaraswamy
    tex = r"\left(1-(1-U)^{1/b}\right)^{1/a}\sim\mathrm{Kumaraswamy}(a,b)"

    def turn(self, x: Array) -> Array:
        return (1 - (1 - x) ** (1 / self.b)) ** (1 / self.a)

    def law(self) -> Distribution:
        return families.Kumaraswamy(self.a, self.b)


@dataclass(frozen=True)
class UniformToDiscreteUniform(OfUniform):
    """A spinner with equal sectors is a fair die: count the sectors below."""

    faces: int = param(6, "Faces", low=2, high=20, symbol="m", help="How many outcomes.")
    n: int = samples()
    title, sign, target = "Uniform to discrete uniform", "floor", families.DiscreteUniform
    tex = r"1+\lfloor mU\rfloor\sim\mathrm{DiscreteUniform}(1,m)"

    def turn(self, x: Array) -> Array:
        return 1 + np.floor(self.faces * x)

    def law(self) -> Distribution:
        return families.DiscreteUniform(1, self.faces)


@dataclass(frozen=True)
class UniformToBernoulli(OfUniform):
    """A biased coin asks a uniform value whether it lies below p."""

    p: float = free(0.3, "Probability of success", 0.05, 0.95, r"p", "linear")
    n: int = samples()
    title, sign, target = "Uniform to Bernoulli", "below p?", families.Bernoulli
    tex = r"[U\lt p]\sim\mathrm{Bernoulli}(p)"

    def turn(self, x: Array) -> Array:
        return np.where(x < self.p, 1.0, 0.0)

    def law(self) -> Distribution:
        return families.Bernoulli(self.p)


@dataclass(frozen=True)
class ExponentialToWeibull(OfExponential):
    """A power of an exponential waiting time is a Weibull lifetime."""

    shape: float = free(2.0, "Shape", 0.5, 5, r"k")
    n: int = samples()
    title, sign, target = "Exponential to Weibull", "power", families.Weibull
    tex = r"X^{1/k}\sim\mathrm{Weibull}(k,1)"

    def turn(self, x: Array) -> Array:
        return x ** (1 / self.shape)

    def law(self) -> Distribution:
        return families.Weibull(self.shape, 1.0)


@dataclass(frozen=True)
class ExponentialToRayleigh(OfExponential):
    """The root of an exponential value has Rayleigh's law: areas fill evenly, radii do not."""

    n: int = samples()
    title, sign, target = "Exponential to Rayleigh", "root", families.Rayleigh
    tex = r"\sqrt{2X}\sim\mathrm{Rayleigh}(1)"

    def turn(self, x: Array) -> Array:
        return np.sqrt(2 * x)

    def law(self) -> Distribution:
        return families.Rayleigh(1.0)


@dataclass(frozen=True)
class ExponentialToPareto(OfExponential):
    """What grows by a constant rate for an exponential time ends with Pareto's law: the few have most."""

    shape: float = free(2.0, "Tail exponent", 0.8, 5, r"\alpha")
    n: int = samples()
    title, sign, target = "Exponential to Pareto", "exp", families.Pareto
    tex = r"e^{X/\alpha}\sim\mathrm{Pareto}(\alpha,1)"

    def turn(self, x: Array) -> Array:
        return np.exp(x / self.shape)

    def law(self) -> Distribution:
        return families.Pareto(self.shape, 1.0)


@dataclass(frozen=True)
class ExponentialLogToExtremeValue(OfExponential):
    """Minus the logarithm of an exponential value is Gumbel's law, the law of extreme values with tail index 0."""

    n: int = samples()
    title, sign, target = "Exponential to generalized extreme value, by a logarithm", "−log", families.GeneralizedExtremeValue
    tex = r"-\log X\sim\mathrm{GEV}(0,1,\xi=0)"

    def turn(self, x: Array) -> Array:
        return -np.log(x)

    def law(self) -> Distribution:
        return families.GeneralizedExtremeValue(0.0, 1.0, 0.0)


@dataclass(frozen=True)
class ExponentialToGompertz(OfExponential):
    """A clock that runs ever faster turns an exponential time into a Gompertz lifetime."""

    shape: float = free(0.3, "Shape", 0.05, 2, r"\eta")
    n: int = samples()
    title, sign, target = "Exponential to Gompertz", "log(1 + x)", families.Gompertz
    tex = r"\log\left(1+\tfrac{X}{\eta}\right)\sim\mathrm{Gompertz}(\eta,1)"

    def turn(self, x: Array) -> Array:
        return np.log1p(x / self.shape)

    def law(self) -> Distribution:
        return families.Gompertz(self.shape, 1.0)


@dataclass(frozen=True)
class ExponentialToGeometric(OfExponential):
    """A memoryless wait, counted in whole days begun, is geometric."""

    p: float = free(0.3, "Probability of success", 0.05, 0.9, r"p", "linear")
    n: int = samples()
    title, sign, target = "Exponential to geometric", "round up", families.Geometric
    tex = r"\left\lceil\frac{X}{-\log(1-p)}\right\rceil\sim\mathrm{Geometric}(p)"

    def turn(self, x: Array) -> Array:
        return np.ceil(x / -math.log1p(-self.p))

    def law(self) -> Distribution:
        return families.Geometric(self.p)
