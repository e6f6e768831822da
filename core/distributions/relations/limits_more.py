"""More limits: of maxima, of narrow and of flat laws."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core import distributions as families
from core.distributions.base import Distribution
from core.distributions.relations.base import Limit, free
from core.distributions.relations.laws import Largest, Moved
from core.params import param


@dataclass(frozen=True)
class LogNormalToNormal(Limit):
    """A product of changes of a few per cent is nearly a sum: a narrow log-normal law is a bell."""

    n: float = param(2.0, "One over sigma", low=1, high=1024, scale="log", bounds=(0.5, 1e5), symbol="n", help="How narrow the law is.")
    title, sign, running = "Log-normal to normal", "σ → 0", "n"
    source, target = families.LogNormal, families.Normal
    tex = r"n\left(\mathrm{LogNormal}\left(0,\tfrac{1}{n^2}\right)-1\right)\to\mathrm{Normal}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return Moved(families.LogNormal(0.0, 1 / value), -value, value), families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class RiceToNormal(Limit):
    """A strong signal in weak noise is off by one normal error: the one along the signal."""

    nu: float = param(1.0, "Distance", low=0.5, high=256, scale="log", bounds=(0.1, 1e4), symbol=r"\nu", help="The strength of the signal.")
    title, sign, running = "Rice to normal", "ν → ∞", "nu"
    source, target = families.Rice, families.Normal
    tex = r"\mathrm{Rice}(\nu,1)-\nu\to\mathrm{Normal}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return Moved(families.Rice(value, 1.0), -value, 1.0), families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class ExGaussianToNormal(Limit):
    """When the waiting time is short, only the normal part of the reaction time is left."""

    rate: float = param(1.0, "Rate", low=0.25, high=1024, scale="log", bounds=(0.1, 1e5), symbol=r"\lambda", help="Of the waiting time.")
    title, sign, running = "Exponentially modified normal to normal", "λ → ∞", "rate"
    source, target = families.ExGaussian, families.Normal
    tex = r"\mathrm{ExGaussian}(\mu,\sigma,\lambda)\to\mathrm{Normal}(\mu,\sigma^2)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.ExGaussian(0.0, 1.0, value), families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class JohnsonToNormal(Limit):
    """A normal value that a hyperbolic sine bends by ever less stays normal."""

    delta: float = param(1.0, "Tail", low=0.5, high=256, scale="log", bounds=(0.2, 1e4), symbol=r"\delta", help="The larger, the less is bent.")
    title, sign, running, order = "Johnson's SU to normal", "δ → ∞", "delta", 2.0
    source, target = families.JohnsonSU, families.Normal
    tex = r"\mathrm{JohnsonSU}(0,\delta,\xi=0,\lambda=\delta)\to\mathrm{Normal}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.JohnsonSU(0.0, value, 0.0, value), families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class VonMisesToNormal(Limit):
    """Directions that hardly scatter do not notice that the circle closes: the law becomes a bell with variance 1 / κ."""

    kappa: float = param(
        1.0, "Concentration", low=0.25, high=1024, scale="log", bounds=(0.05, 1e5), symbol=r"\kappa", help="How little the directions scatter."
    )
    title, sign, running = "Von Mises to normal", "κ → ∞", "kappa"
    source, target = families.VonMises, families.Normal
    tex = r"\sqrt{\kappa}\,\mathrm{VonMises}(0,\kappa)\to\mathrm{Normal}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return Moved(families.VonMises(0.0, value), 0.0, math.sqrt(value)), families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class SkewNormalToHalfNormal(Limit):
    """A bell that leans as far as it can is half a bell."""

    alpha: float = param(2.0, "Lean", low=0.25, high=1024, scale="log", bounds=(0.1, 1e5), symbol=r"\alpha", help="How far the bell leans.")
    title, sign, running = "Skew normal to half-normal", "α → ∞", "alpha"
    source, target = families.SkewNormal, families.HalfNormal
    tex = r"\mathrm{SkewNormal}(0,\sigma,\alpha)\to\mathrm{HalfNormal}(\sigma)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.SkewNormal(0.0, 1.0, value), families.HalfNormal(1.0)


@dataclass(frozen=True)
class GeneralizedNormalToUniform(Limit):
    """A bell with an ever higher power gets a flat top and steep walls: the uniform law."""

    power: float = param(3.0, "Power", low=1, high=1024, scale="log", bounds=(0.5, 1e5), symbol=r"p", help="Of x in the exponent.")
    title, sign, running = "Generalized normal to uniform", "power → ∞", "power"
    source, target = families.GeneralizedNormal, families.Uniform
    tex = r"\mathrm{GenNormal}(0,1,p)\to\mathrm{Uniform}(-1,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.GeneralizedNormal(0.0, 1.0, value), families.Uniform(-1.0, 1.0)


@dataclass(frozen=True)
class TruncatedNormalToUniform(Limit):
    """Between two limits that are near compared with its width, a bell is flat."""

    sigma: float = param(0.6, "Width of the bell", low=0.25, high=64, scale="log", bounds=(0.1, 1e4), symbol=r"\sigma", help="Against limits at -1 and 1.")
    title, sign, running, order = "Truncated normal to uniform", "σ → ∞", "sigma", 2.0
    source, target = families.TruncatedNormal, families.Uniform
    tex = r"\mathrm{TruncNormal}(0,\sigma,-1,1)\to\mathrm{Uniform}(-1,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.TruncatedNormal(0.0, value, -1.0, 1.0), families.Uniform(-1.0, 1.0)


@dataclass(frozen=True)
class GompertzToExponential(Limit):
    """When the risk of dying hardly grows with age, a life has no memory: the exponential law."""

    shape: float = param(1.0, "Shape", low=0.25, high=1024, scale="log", bounds=(0.1, 1e5), symbol=r"\eta", help="How slowly the risk grows.")
    rate: float = free(1.0, "Rate", 0.3, 3, r"\lambda")
    title, sign, running = "Gompertz to exponential", "η → ∞", "shape"
    source, target = families.Gompertz, families.Exponential
    tex = r"\mathrm{Gompertz}\left(\eta,\tfrac{\lambda}{\eta}\right)\to\mathrm{Exponential}(\lambda)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Gompertz(value, self.rate / value), families.Exponential(self.rate)


@dataclass(frozen=True)
class BurrToWeibull(Limit):
    """When all have nearly the same rate, the mixture of Weibull lifetimes that Burr's law is becomes a single one."""

    k: float = param(2.0, "Power of the rest", low=0.5, high=2048, scale="log", bounds=(0.2, 1e5), symbol="k", help="How alike the rates are.")
    c: float = free(2.0, "Power of the value", 1, 5, "c")
    title, sign, running = "Burr XII to Weibull", "k → ∞", "k"
    source, target = families.BurrXII, families.Weibull
    tex = r"\mathrm{Burr}\left(c,k,s=k^{1/c}\right)\to\mathrm{Weibull}(c,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.BurrXII(self.c, value, value ** (1 / self.c)), families.Weibull(self.c, 1.0)


@dataclass(frozen=True)
class BetaToGamma(Limit):
    """The places of the first few of very many random points, on the scale of their gaps, are waiting times."""

    n: float = param(4.0, "Second parameter", low=1, high=4096, scale="log", bounds=(0.5, 1e6), symbol="n", help="How many points follow.")
    a: float = free(2.0, "First parameter", 0.5, 8, r"a")
    title, sign, running = "Beta to gamma", "× n → ∞", "n"
    source, target = families.Beta, families.Gamma
    tex = r"n\,\mathrm{Beta}(a,n)\to\mathrm{Gamma}(a,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return Moved(families.Beta(self.a, value), 0.0, value), families.Gamma(self.a, 1.0)


@dataclass(frozen=True)
class ExponentialToExtremeValue(Limit):
    """The longest of n waits, less log n, settles on the law of extreme values with tail index 0, Gumbel's."""

    n: int = param(3, "Values", low=1, high=16384, scale="log", bounds=(1, 1_000_000), symbol="n", help="Of how many the largest is taken.")
    title, sign, running = "Exponential to generalized extreme value", "max, n → ∞", "n"
    source, target = families.Exponential, families.GeneralizedExtremeValue
    tex = r"\max(X_1,\dots,X_n)-\log n\to\mathrm{GEV}(0,1,\xi=0)"
    reference = "https://en.wikipedia.org/wiki/Fisher%E2%80%93Tippett%E2%80%93Gnedenko_theorem"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        longest = Largest(families.Exponential(1.0), value)
        return Moved(longest, -math.log(value), 1.0), families.GeneralizedExtremeValue(0.0, 1.0, 0.0)


@dataclass(frozen=True)
class ParetoToFrechet(Limit):
    """The largest of n values with a power-law tail, over n to the power 1/α, settles on Fréchet's law."""

    n: int = param(3, "Values", low=1, high=16384, scale="log", bounds=(1, 1_000_000), symbol="n", help="Of how many the largest is taken.")
    shape: float = free(2.0, "Tail exponent", 0.8, 6, r"\alpha")
    title, sign, running = "Pareto to Fréchet", "max, n → ∞", "n"
    source, target = families.Pareto, families.Frechet
    tex = r"n^{-1/\alpha}\max(X_1,\dots,X_n)\to\mathrm{Frechet}(\alpha,1)"
    reference = "https://en.wikipedia.org/wiki/Fisher%E2%80%93Tippett%E2%80%93Gnedenko_theorem"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        largest = Largest(families.Pareto(self.shape, 1.0), value)
        return Moved(largest, 0.0, value ** (-1 / self.shape)), families.Frechet(self.shape, 1.0)


@dataclass(frozen=True)
class NormalToExtremeValue(Limit):
    """The largest of n normal values settles on the law of extreme values with tail index 0, but only as fast as 1 / log n."""

    n: float = param(50.0, "Values", low=2, high=1e9, scale="log", bounds=(2, 1e12), symbol="n", help="Of how many the largest is taken.")
    title, sign, running = "Normal to generalized extreme value", "max, n → ∞", "n"
    source, target = families.Normal, families.GeneralizedExtremeValue
    tex = r"\frac{\max(Z_1,\dots,Z_n)-b_n}{a_n}\to\mathrm{GEV}(0,1,\xi=0),\quad b_n=\Phi^{-1}(1-\tfrac{1}{n}),\ a_n=\frac{1}{n\,\varphi(b_n)}"
    reference = "https://en.wikipedia.org/wiki/Fisher%E2%80%93Tippett%E2%80%93Gnedenko_theorem"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        normal = families.Normal(0.0, 1.0)
        place = -float(normal.quantile(1 / value))
        unit = 1 / (value * float(normal.prob(place)))
        return Moved(Largest(normal, value), -place / unit, 1 / unit), families.GeneralizedExtremeValue(0.0, 1.0, 0.0)

    def pace(self, value: float) -> float:
        return 1 / math.log(value)

    @classmethod
    def pace_word(cls) -> str:
        return "1 / log n"

    def trouble(self, value: float) -> tuple[str, str, str] | None:
        why = "The distance falls like 1 / log n: from a thousand values to a billion it is only divided by three."
        return "As slow as a logarithm", why, "Take maxima of exponential values, which settle like 1 / n, or leave the tail index ξ free."
