"""Mixtures: laws whose parameter is itself drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core import distributions as families
from core.distributions.base import Array, Distribution
from core.distributions.modifiers.gaussian_mixture import Part
from core.distributions.relations.base import Mixture, free, samples
from core.params import param

NORMAL = families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class PoissonToNegativeBinomial(Mixture):
    """Poisson counts whose rate varies from place to place by a gamma law are negative binomial."""

    r: float = free(3.0, "Shape of the rates", 0.5, 10, "r")
    mean: float = free(4.0, "Mean rate", 1, 10, "m")
    n: int = samples()
    title, source, target, also = "Poisson to negative binomial", families.Poisson, families.NegativeBinomial, (families.Gamma,)
    tex = r"\mathrm{Poisson}(\Lambda)\sim\mathrm{NegBinomial}\left(r,\tfrac{r}{r+m}\right),\quad\Lambda\sim\mathrm{Gamma}\left(r,\tfrac{r}{m}\right)"

    def inputs(self) -> dict[str, Distribution]:
        return {"rate": families.Gamma(self.r, self.r / self.mean)}

    def given(self, value: float) -> Distribution:
        return families.Poisson(value)

    def pick(self, rng: np.random.Generator, value: Array) -> Array:
        return rng.poisson(value)

    def law(self) -> Distribution:
        return families.NegativeBinomial(self.r, self.r / (self.r + self.mean))


@dataclass(frozen=True)
class NormalMixtureToStudent(Mixture):
    """A bell whose variance is uncertain, by an inverse gamma law, has Student's heavier tails."""

    df: float = free(3.0, "Degrees of freedom", 1, 20, r"\nu")
    n: int = samples()
    title, source, target, also = "Normal to Student t, by a mixture", families.Normal, families.StudentT, (families.InverseGamma,)
    tex = r"\mathrm{Normal}(0,V)\sim t_\nu,\quad V\sim\mathrm{InvGamma}\left(\tfrac{\nu}{2},\tfrac{\nu}{2}\right)"

    def inputs(self) -> dict[str, Distribution]:
        return {"variance": families.InverseGamma(self.df / 2, self.df / 2)}

    def given(self, value: float) -> Distribution:
        return families.Normal(0.0, math.sqrt(value))

    def pick(self, rng: np.random.Generator, value: Array) -> Array:
        return np.sqrt(value) * rng.standard_normal(len(value))

    def law(self) -> Distribution:
        return families.StudentT(self.df, 0.0, 1.0)


@dataclass(frozen=True)
class NormalToLaplace(Mixture):
    """A bell whose variance is an exponential waiting time has Laplace's law."""

    n: int = samples()
    title, source, target, also = "Normal to Laplace, by a mixture", families.Normal, families.Laplace, (families.Exponential,)
    tex = r"\mathrm{Normal}(0,V)\sim\mathrm{Laplace}(0,1),\quad V\sim\mathrm{Exponential}\left(\tfrac{1}{2}\right)"

    def inputs(self) -> dict[str, Distribution]:
        return {"variance": families.Exponential(0.5)}

    def given(self, value: float) -> Distribution:
        return families.Normal(0.0, math.sqrt(value))

    def pick(self, rng: np.random.Generator, value: Array) -> Array:
        return np.sqrt(value) * rng.standard_normal(len(value))

    def law(self) -> Distribution:
        return families.Laplace(0.0, 1.0)


@dataclass(frozen=True)
class NormalToMixture(Mixture):
    """A member of a random group, out of that group's bell, belongs to a Gaussian mixture."""

    weight: float = free(0.4, "Weight of the second group", 0.05, 0.95, "w", "linear")
    gap: float = free(4.0, "Distance of the groups", 0.5, 6, "d")
    n: int = samples()
    title, source, target, also = "Normal to Gaussian mixture", families.Normal, families.GaussianMixture, (families.Bernoulli,)
    tex = r"\mathrm{Normal}(dB,1)\sim(1-w)\,\mathrm{Normal}(0,1)+w\,\mathrm{Normal}(d,1),\quad B\sim\mathrm{Bernoulli}(w)"

    def inputs(self) -> dict[str, Distribution]:
        return {"group": families.Bernoulli(self.weight)}

    def given(self, value: float) -> Distribution:
        return families.Normal(self.gap * value, 1.0)

    def pick(self, rng: np.random.Generator, value: Array) -> Array:
        return self.gap * value + rng.standard_normal(len(value))

    def law(self) -> Distribution:
        return families.GaussianMixture((Part(1 - self.weight, 0.0, 1.0), Part(self.weight, self.gap, 1.0)))


@dataclass(frozen=True)
class BinomialToBetaBinomial(Mixture):
    """When every thrower has a coin of their own, with a beta chance, the number of heads is beta-binomial."""

    k: int = param(12, "Throws", low=1, high=40, symbol="k", help="How often each coin is thrown.")
    a: float = free(2.0, "Weight towards success", 0.5, 8, "a")
    b: float = free(3.0, "Weight towards failure", 0.5, 8, "b")
    n: int = samples()
    title, source, target, also = "Binomial to beta-binomial", families.Binomial, families.BetaBinomial, (families.Beta,)
    tex = r"\mathrm{Binomial}(k,P)\sim\mathrm{BetaBinomial}(k,a,b),\quad P\sim\mathrm{Beta}(a,b)"

    def inputs(self) -> dict[str, Distribution]:
        return {"chance": families.Beta(self.a, self.b)}

    def given(self, value: float) -> Distribution:
        return families.Binomial(self.k, value)

    def pick(self, rng: np.random.Generator, value: Array) -> Array:
        return rng.binomial(self.k, value)

    def law(self) -> Distribution:
        return families.BetaBinomial(self.k, self.a, self.b)


@dataclass(frozen=True)
class ExponentialToLomax(Mixture):
    """Waits whose rate nobody knows, but for a gamma law, have a power-law tail: Lomax."""

    shape: float = free(3.0, "Shape of the rates", 0.8, 8, r"\alpha")
    n: int = samples()
    title, source, target, also = "Exponential to Lomax", families.Exponential, families.Lomax, (families.Gamma,)
    tex = r"\mathrm{Exponential}(\Lambda)\sim\mathrm{Lomax}(\alpha,1),\quad\Lambda\sim\mathrm{Gamma}(\alpha,1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"rate": families.Gamma(self.shape, 1.0)}

    def given(self, value: float) -> Distribution:
        return families.Exponential(value)

    def pick(self, rng: np.random.Generator, value: Array) -> Array:
        return rng.standard_exponential(len(value)) / value

    def law(self) -> Distribution:
        return families.Lomax(self.shape, 1.0)


@dataclass(frozen=True)
class WeibullToBurr(Mixture):
    """Weibull lifetimes whose hazard varies between items by a gamma law have Burr's law."""

    c: float = free(2.0, "Shape of the lifetimes", 0.7, 5, "c")
    k: float = free(2.0, "Shape of the hazards", 0.8, 6, "k")
    n: int = samples()
    title, source, target, also = "Weibull to Burr XII", families.Weibull, families.BurrXII, (families.Gamma,)
    tex = r"\mathrm{Weibull}\left(c,H^{-1/c}\right)\sim\mathrm{Burr}(c,k,1),\quad H\sim\mathrm{Gamma}(k,1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"hazard": families.Gamma(self.k, 1.0)}

    def given(self, value: float) -> Distribution:
        return families.Weibull(self.c, value ** (-1 / self.c))

    def pick(self, rng: np.random.Generator, value: Array) -> Array:
        return (rng.standard_exponential(len(value)) / value) ** (1 / self.c)

    def law(self) -> Distribution:
        return families.BurrXII(self.c, self.k, 1.0)


@dataclass(frozen=True)
class PoissonToZeroInflated(Mixture):
    """When some never fish at all, the catches of all visitors have too many zeros."""

    rate: float = free(4.0, "Rate", 1, 10, r"\lambda")
    zeros: float = free(0.3, "Share of sure zeros", 0.05, 0.9, "z", "linear")
    n: int = samples()
    title, source, target, also = "Poisson to zero-inflated Poisson", families.Poisson, families.ZeroInflatedPoisson, (families.Bernoulli,)
    tex = r"B\cdot\mathrm{Poisson}(\lambda)\sim\mathrm{ZIP}(\lambda,z),\quad B\sim\mathrm{Bernoulli}(1-z)"

    def inputs(self) -> dict[str, Distribution]:
        return {"fishes": families.Bernoulli(1 - self.zeros)}

    def given(self, value: float) -> Distribution:
        return families.Poisson(self.rate) if value else families.DiscreteUniform(0, 0)

    def pick(self, rng: np.random.Generator, value: Array) -> Array:
        return value * rng.poisson(self.rate, len(value))

    def law(self) -> Distribution:
        return families.ZeroInflatedPoisson(self.rate, self.zeros)


@dataclass(frozen=True)
class BinomialMixtureToPoisson(Mixture):
    """Of a Poisson number of callers each stays on the line with one chance: those who stay are Poisson's too."""

    rate: float = free(8.0, "Rate", 2, 16, r"\lambda")
    p: float = free(0.4, "Chance to stay", 0.05, 0.95, "p", "linear")
    n: int = samples()
    title, sign, source, target = "Binomial to Poisson, by a random number", "thinning", families.Binomial, families.Poisson
    tex = r"\mathrm{Binomial}(N,p)\sim\mathrm{Poisson}(\lambda p),\quad N\sim\mathrm{Poisson}(\lambda)"

    def inputs(self) -> dict[str, Distribution]:
        return {"number": families.Poisson(self.rate)}

    def given(self, value: float) -> Distribution:
        return families.Binomial(int(value), self.p)

    def pick(self, rng: np.random.Generator, value: Array) -> Array:
        return rng.binomial(value.astype(np.int64), self.p)

    def law(self) -> Distribution:
        return families.Poisson(self.rate * self.p)
