"""Special cases on the whole line, between two ends, and on the whole numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core import distributions as families
from core.distributions.base import Distribution
from core.distributions.modifiers.gaussian_mixture import Part
from core.distributions.relations.base import Special, free
from core.params import param


@dataclass(frozen=True)
class StudentToCauchy(Special):
    """Student's law with one degree of freedom, an error judged by a single repetition, is the Cauchy law."""

    df: float = free(4.0, "Degrees of freedom", 0.3, 10, r"\nu")
    title, sign, running, meets = "Student t to Cauchy", "df 1", "df", 1.0
    source, target = families.StudentT, families.Cauchy
    tex = r"t_1=\mathrm{Cauchy}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.StudentT(value, 0.0, 1.0), families.Cauchy(0.0, 1.0)


@dataclass(frozen=True)
class GeneralizedNormalToNormal(Special):
    """Of the bells exp(-|x|^p) the one with the power 2 is the normal law."""

    power: float = free(1.2, "Power", 0.5, 8, r"p")
    sigma: float = free(1.0, "Standard deviation", 0.2, 5, r"\sigma")
    title, sign, running, meets = "Generalized normal to normal", "power 2", "power", 2.0
    source, target = families.GeneralizedNormal, families.Normal
    tex = r"\mathrm{GenNormal}(\mu,\sigma\sqrt2,2)=\mathrm{Normal}(\mu,\sigma^2)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.GeneralizedNormal(0.0, self.sigma * math.sqrt(2), value), families.Normal(0.0, self.sigma)


@dataclass(frozen=True)
class GeneralizedNormalToLaplace(Special):
    """Of the bells exp(-|x|^p) the one with the power 1 is Laplace's."""

    power: float = free(2.5, "Power", 0.4, 5, r"p")
    scale: float = free(1.0, "Scale", 0.2, 5, r"b")
    title, sign, running, meets = "Generalized normal to Laplace", "power 1", "power", 1.0
    source, target = families.GeneralizedNormal, families.Laplace
    tex = r"\mathrm{GenNormal}(\mu,b,1)=\mathrm{Laplace}(\mu,b)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.GeneralizedNormal(0.0, self.scale, value), families.Laplace(0.0, self.scale)


@dataclass(frozen=True)
class SkewNormalToNormal(Special):
    """A bell that leans by nothing is the normal law."""

    alpha: float = free(3.0, "Lean", -4, 4, r"\alpha", "linear", step=0.2)
    title, sign, running, meets = "Skew normal to normal", "α = 0", "alpha", 0.0
    source, target = families.SkewNormal, families.Normal
    tex = r"\mathrm{SkewNormal}(\xi,\omega,0)=\mathrm{Normal}(\xi,\omega^2)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.SkewNormal(0.0, 1.0, value), families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class AsymmetricLaplaceToLaplace(Special):
    """With both sides falling alike, the asymmetric Laplace law is Laplace's."""

    kappa: float = free(0.5, "Asymmetry", 0.3, 3, r"\kappa")
    scale: float = free(1.0, "Scale", 0.2, 5, r"s")
    title, sign, running, meets = "Asymmetric Laplace to Laplace", "κ = 1", "kappa", 1.0
    source, target = families.AsymmetricLaplace, families.Laplace
    tex = r"\mathrm{AsymLaplace}(m,s,1)=\mathrm{Laplace}(m,s)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.AsymmetricLaplace(0.0, self.scale, value), families.Laplace(0.0, self.scale)


@dataclass(frozen=True)
class MixtureToNormal(Special):
    """Two bells of one width that stand at the same place are one bell."""

    gap: float = free(3.0, "Distance of the bells", 0.0, 6, r"d", "linear", step=0.2)
    weight: float = free(0.4, "Weight of the first", 0.05, 0.95, r"w", "linear")
    title, sign, running, meets = "Gaussian mixture to normal", "gap 0", "gap", 0.0
    source, target = families.GaussianMixture, families.Normal
    tex = r"w\,\mathrm{Normal}(\mu,1)+(1-w)\,\mathrm{Normal}(\mu+0,1)=\mathrm{Normal}(\mu,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        first, second = Part(self.weight, -(1 - self.weight) * value, 1.0), Part(1 - self.weight, self.weight * value, 1.0)
        return families.GaussianMixture((first, second)), families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class BetaToUniform(Special):
    """A belief that favours no share, beta with both parameters 1, is the uniform law."""

    both: float = free(2.5, "Both parameters", 0.3, 5, r"a")
    title, sign, running, meets = "Beta to uniform", "a = b = 1", "both", 1.0
    source, target = families.Beta, families.Uniform
    tex = r"\mathrm{Beta}(1,1)=\mathrm{Uniform}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Beta(value, value), families.Uniform(0.0, 1.0)


@dataclass(frozen=True)
class BetaToArcsine(Special):
    """Beta with both parameters 1/2 is the arcsine law: the share of a fair game during which one player leads."""

    both: float = free(1.5, "Both parameters", 0.25, 3, r"a")
    title, sign, running, meets = "Beta to arcsine", "a = b = ½", "both", 0.5
    source, target = families.Beta, families.Arcsine
    tex = r"\mathrm{Beta}\left(\tfrac{1}{2},\tfrac{1}{2}\right)=\mathrm{Arcsine}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Beta(value, value), families.Arcsine(0.0, 1.0)


@dataclass(frozen=True)
class KumaraswamyToBeta(Special):
    """With its second power 1, Kumaraswamy's law is a beta law: a power of a uniform value."""

    b: float = free(3.0, "Power of the rest", 0.4, 6, r"b")
    a: float = free(2.0, "Power of the value", 0.5, 8, r"a")
    title, sign, running, meets = "Kumaraswamy to beta", "b = 1", "b", 1.0
    source, target = families.Kumaraswamy, families.Beta
    tex = r"\mathrm{Kumaraswamy}(a,1)=\mathrm{Beta}(a,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Kumaraswamy(self.a, value), families.Beta(self.a, 1.0)


@dataclass(frozen=True)
class GeneralizedParetoToUniform(Special):
    """Excesses with tail index -1 are spread evenly up to the end of their tail."""

    xi: float = free(-0.3, "Tail index", -2, 0.6, r"\xi", "linear", step=0.05)
    sigma: float = free(1.0, "Scale", 0.2, 5, r"\sigma")
    title, sign, running, meets = "Generalised Pareto to uniform", "ξ = −1", "xi", -1.0
    source, target = families.GeneralizedPareto, families.Uniform
    tex = r"\mathrm{GPD}(\xi=-1,\sigma)=\mathrm{Uniform}(0,\sigma)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.GeneralizedPareto(value, self.sigma), families.Uniform(0.0, self.sigma)


@dataclass(frozen=True)
class WrappedCauchyToUniform(Special):
    """Directions that favour no side are spread evenly over the circle."""

    rho: float = free(0.5, "Concentration", 0.0, 0.9, r"\rho", "linear", step=0.02)
    title, sign, running, meets = "Wrapped Cauchy to uniform", "ρ = 0", "rho", 0.0
    source, target = families.WrappedCauchy, families.Uniform
    tex = r"\mathrm{WrappedCauchy}(\mu,0)=\mathrm{Uniform}(-\pi,\pi)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.WrappedCauchy(0.0, value), families.Uniform(-math.pi, math.pi)


@dataclass(frozen=True)
class VonMisesToUniform(Special):
    """A wind with no preferred direction blows from everywhere alike."""

    kappa: float = free(2.0, "Concentration", 0.0, 6, r"\kappa", "linear", step=0.2)
    title, sign, running, meets = "Von Mises to uniform", "κ = 0", "kappa", 0.0
    source, target = families.VonMises, families.Uniform
    tex = r"\mathrm{VonMises}(\mu,0)=\mathrm{Uniform}(-\pi,\pi)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.VonMises(0.0, value), families.Uniform(-math.pi, math.pi)


@dataclass(frozen=True)
class BinomialToBernoulli(Special):
    """The number of heads in a single throw is one yes or no."""

    n: int = param(6, "Trials", low=1, high=12, symbol="n", help="How many throws.")
    p: float = free(0.3, "Probability of success", 0.0, 1.0, r"p", "linear")
    title, sign, running, meets = "Binomial to Bernoulli", "n = 1", "n", 1.0
    source, target = families.Binomial, families.Bernoulli
    tex = r"\mathrm{Binomial}(1,p)=\mathrm{Bernoulli}(p)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Binomial(int(value), self.p), families.Bernoulli(self.p)


@dataclass(frozen=True)
class BetaBinomialToDiscreteUniform(Special):
    """When nothing is known of the coin, every number of heads is equally likely."""

    both: float = free(3.0, "Both weights", 0.3, 6, r"a")
    n: int = param(12, "Trials", low=1, high=30, symbol="n", help="How many throws.")
    title, sign, running, meets = "Beta-binomial to discrete uniform", "a = b = 1", "both", 1.0
    source, target = families.BetaBinomial, families.DiscreteUniform
    tex = r"\mathrm{BetaBinomial}(n,1,1)=\mathrm{DiscreteUniform}(0,n)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.BetaBinomial(self.n, value, value), families.DiscreteUniform(0, self.n)


@dataclass(frozen=True)
class CategoricalToDiscreteUniform(Special):
    """A loaded die whose load is taken away is a fair one."""

    load: float = free(0.5, "Load", 0.0, 1.5, r"t", "linear", step=0.05)
    faces: int = param(6, "Faces", low=2, high=12, symbol="m", help="How many outcomes.")
    title, sign, running, meets = "Categorical to discrete uniform", "equal", "load", 0.0
    source, target = families.Categorical, families.DiscreteUniform
    tex = r"\mathrm{Categorical}(1,\dots,1)=\mathrm{DiscreteUniform}(0,m-1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Categorical(tuple(math.exp(-value * face) for face in range(self.faces))), families.DiscreteUniform(0, self.faces - 1)


@dataclass(frozen=True)
class CategoricalToBernoulli(Special):
    """A die on which only two faces can come up is a coin."""

    third: float = free(0.4, "Weight of the third face", 0.0, 2.0, r"w_3", "linear", step=0.05)
    p: float = free(0.3, "Probability of success", 0.0, 1.0, r"p", "linear")
    title, sign, running, meets = "Categorical to Bernoulli", "two faces", "third", 0.0
    source, target = families.Categorical, families.Bernoulli
    tex = r"\mathrm{Categorical}(1-p,\,p,\,0)=\mathrm{Bernoulli}(p)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Categorical((1 - self.p, self.p, value)), families.Bernoulli(self.p)


@dataclass(frozen=True)
class ZeroInflatedToPoisson(Special):
    """Without the sure zeros, the counts are Poisson's."""

    zeros: float = free(0.4, "Share of sure zeros", 0.0, 0.9, r"z", "linear", step=0.02)
    rate: float = free(4.0, "Rate", 0.5, 10, r"\lambda")
    title, sign, running, meets = "Zero-inflated Poisson to Poisson", "no zeros", "zeros", 0.0
    source, target = families.ZeroInflatedPoisson, families.Poisson
    tex = r"\mathrm{ZIP}(\lambda,0)=\mathrm{Poisson}(\lambda)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.ZeroInflatedPoisson(self.rate, value), families.Poisson(self.rate)
