"""Functions of a normal value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from core import distributions as families
from core.distributions.base import Array, Distribution
from core.distributions.relations.base import Transform, free, samples

NORMAL = {"x": families.Normal(0.0, 1.0)}


class OfNormal(Transform):
    """Base: a function of a standard normal value."""

    source = families.Normal

    def inputs(self) -> dict[str, Distribution]:
        return NORMAL


@dataclass(frozen=True)
class NormalToLogNormal(OfNormal):
    """The exponential of a normal value is log-normal: many small changes multiplied."""

    sigma: float = free(0.5, "Sigma", 0.1, 1.5, r"\sigma")
    n: int = samples()
    title, sign, target = "Normal to log-normal", "exp", families.LogNormal
    tex = r"e^{\sigma Z}\sim\mathrm{LogNormal}(0,\sigma^2)"

    def turn(self, x: Array) -> Array:
        return np.exp(self.sigma * x)

    def law(self) -> Distribution:
        return families.LogNormal(0.0, self.sigma)


@dataclass(frozen=True)
class NormalToChiSquared(OfNormal):
    """The square of a standard normal value is chi-squared with one degree of freedom."""

    n: int = samples()
    title, sign, target = "Normal to chi-squared, by a square", "square", families.ChiSquared
    tex = r"Z^2\sim\chi^2_1"

    def turn(self, x: Array) -> Array:
        return x**2

    def law(self) -> Distribution:
        return families.ChiSquared(1.0)


@dataclass(frozen=True)
class NormalToHalfNormal(OfNormal):
    """The size of a normal error, without its sign, is half-normal."""

    n: int = samples()
    title, sign, target = "Normal to half-normal", "|x|", families.HalfNormal
    tex = r"|Z|\sim\mathrm{HalfNormal}(1)"

    def turn(self, x: Array) -> Array:
        return np.abs(x)

    def law(self) -> Distribution:
        return families.HalfNormal(1.0)


@dataclass(frozen=True)
class NormalToUniform(OfNormal):
    """Any law's own distribution function flattens it: the share of the population below a random member is uniform."""

    n: int = samples()
    title, sign, target = "Normal to uniform", "own CDF", families.Uniform
    tex = r"\Phi(Z)\sim\mathrm{Uniform}(0,1)"
    reference = "https://en.wikipedia.org/wiki/Probability_integral_transform"

    def turn(self, x: Array) -> Array:
        return special.ndtr(x)

    def law(self) -> Distribution:
        return families.Uniform(0.0, 1.0)


@dataclass(frozen=True)
class NormalToLogitNormal(OfNormal):
    """Log odds that are normal belong to a probability that is logit-normal."""

    mu: float = free(0.0, "Mean of the log odds", -2, 2, r"\mu", "linear", step=0.1)
    sigma: float = free(1.5, "Spread of the log odds", 0.3, 4, r"\sigma")
    n: int = samples()
    title, sign, target = "Normal to logit-normal", "sigmoid", families.LogitNormal
    tex = r"\frac{1}{1+e^{-(\mu+\sigma Z)}}\sim\mathrm{LogitNormal}(\mu,\sigma)"

    def turn(self, x: Array) -> Array:
        return special.expit(self.mu + self.sigma * x)

    def law(self) -> Distribution:
        return families.LogitNormal(self.mu, self.sigma)


@dataclass(frozen=True)
class NormalToJohnson(OfNormal):
    """A normal value bent by a hyperbolic sine follows Johnson's SU law: heavy tails, and a lean."""

    gamma: float = free(1.0, "Lean", -2, 2, r"\gamma", "linear", step=0.1)
    delta: float = free(1.5, "Tail", 0.8, 4, r"\delta")
    n: int = samples()
    title, sign, target = "Normal to Johnson's SU", "sinh", families.JohnsonSU
    tex = r"\sinh\left(\frac{Z-\gamma}{\delta}\right)\sim\mathrm{JohnsonSU}(\gamma,\delta)"

    def turn(self, x: Array) -> Array:
        return np.sinh((x - self.gamma) / self.delta)

    def law(self) -> Distribution:
        return families.JohnsonSU(self.gamma, self.delta, 0.0, 1.0)


@dataclass(frozen=True)
class NormalToBirnbaumSaunders(OfNormal):
    """A crack that grows by normal steps is too long after a Birnbaum–Saunders time."""

    shape: float = free(0.8, "Shape", 0.2, 2, r"\alpha")
    n: int = samples()
    title, sign, target = "Normal to Birnbaum–Saunders", "crack", families.BirnbaumSaunders
    tex = r"\left(\tfrac{\alpha Z}{2}+\sqrt{\left(\tfrac{\alpha Z}{2}\right)^2+1}\right)^2\sim\mathrm{BirnbaumSaunders}(\alpha,1)"

    def turn(self, x: Array) -> Array:
        return np.exp(2 * np.arcsinh(self.shape * x / 2))  # the root of t - 1 / t = alpha Z, squared

    def law(self) -> Distribution:
        return families.BirnbaumSaunders(self.shape, 1.0)


@dataclass(frozen=True)
class NormalToLevy(OfNormal):
    """One over the square of a normal value has Lévy's law: small divisors give enormous values."""

    n: int = samples()
    title, sign, target = "Normal to Lévy", "1 / x²", families.Levy
    tex = r"\frac{1}{Z^2}\sim\mathrm{Levy}(1)"

    def turn(self, x: Array) -> Array:
        return 1 / x**2

    def law(self) -> Distribution:
        return families.Levy(1.0)
