"""Special cases among the laws of positive values: a general law that becomes a simpler one at one value of a setting."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core import distributions as families
from core.distributions.base import Distribution
from core.distributions.relations.base import Special, free


@dataclass(frozen=True)
class GammaToExponential(Special):
    """The wait for several events is a gamma law; with shape 1, the wait for one, it is the exponential law."""

    shape: float = free(2.5, "Shape", 0.3, 4, r"\alpha")
    rate: float = free(1.0, "Rate", 0.2, 5, r"\beta")
    title, sign, running, meets = "Gamma to exponential", "shape 1", "shape", 1.0
    source, target = families.Gamma, families.Exponential
    tex = r"\mathrm{Gamma}(1,\beta)=\mathrm{Exponential}(\beta)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Gamma(value, self.rate), families.Exponential(self.rate)


@dataclass(frozen=True)
class GammaToChiSquared(Special):
    """A gamma law with rate 1/2 is a chi-squared law with twice its shape as degrees of freedom."""

    rate: float = free(1.0, "Rate", 0.2, 2, r"\beta")
    df: float = free(4.0, "Degrees of freedom", 1, 20, r"k")
    title, sign, running, meets = "Gamma to chi-squared", "rate ½", "rate", 0.5
    source, target = families.Gamma, families.ChiSquared
    tex = r"\mathrm{Gamma}\left(\tfrac{k}{2},\tfrac{1}{2}\right)=\chi^2_k"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Gamma(self.df / 2, value), families.ChiSquared(self.df)


@dataclass(frozen=True)
class WeibullToExponential(Special):
    """A Weibull lifetime with shape 1 does not age: it is exponential."""

    shape: float = free(2.0, "Shape", 0.4, 4, r"k")
    scale: float = free(1.0, "Scale", 0.2, 5, r"\lambda")
    title, sign, running, meets = "Weibull to exponential", "shape 1", "shape", 1.0
    source, target = families.Weibull, families.Exponential
    tex = r"\mathrm{Weibull}(1,\lambda)=\mathrm{Exponential}(1/\lambda)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Weibull(value, self.scale), families.Exponential(1 / self.scale)


@dataclass(frozen=True)
class WeibullToRayleigh(Special):
    """A Weibull law with shape 2 is Rayleigh's: the risk grows in proportion to age."""

    shape: float = free(1.2, "Shape", 0.6, 5, r"k")
    sigma: float = free(1.0, "Scale", 0.2, 5, r"\sigma")
    title, sign, running, meets = "Weibull to Rayleigh", "shape 2", "shape", 2.0
    source, target = families.Weibull, families.Rayleigh
    tex = r"\mathrm{Weibull}(2,\sigma\sqrt2)=\mathrm{Rayleigh}(\sigma)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Weibull(value, self.sigma * math.sqrt(2)), families.Rayleigh(self.sigma)


@dataclass(frozen=True)
class ChiToHalfNormal(Special):
    """The length of a normal vector in one dimension is the size of one normal value: the half-normal law."""

    df: float = free(3.0, "Degrees of freedom", 0.5, 6, r"k")
    title, sign, running, meets = "Chi to half-normal", "df 1", "df", 1.0
    source, target = families.Chi, families.HalfNormal
    tex = r"\chi_1=\mathrm{HalfNormal}(1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Chi(value), families.HalfNormal(1.0)


@dataclass(frozen=True)
class ChiToRayleigh(Special):
    """The length of a normal vector in two dimensions has Rayleigh's law: where a dart lands."""

    df: float = free(4.0, "Degrees of freedom", 0.5, 8, r"k")
    title, sign, running, meets = "Chi to Rayleigh", "df 2", "df", 2.0
    source, target = families.Chi, families.Rayleigh
    tex = r"\chi_2=\mathrm{Rayleigh}(1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Chi(value), families.Rayleigh(1.0)


@dataclass(frozen=True)
class ChiToMaxwell(Special):
    """The length of a normal vector in three dimensions has Maxwell's law: the speed of a molecule."""

    df: float = free(1.5, "Degrees of freedom", 0.5, 10, r"k")
    title, sign, running, meets = "Chi to Maxwell", "df 3", "df", 3.0
    source, target = families.Chi, families.Maxwell
    tex = r"\chi_3=\mathrm{Maxwell}(1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Chi(value), families.Maxwell(1.0)


@dataclass(frozen=True)
class GeneralizedGammaToGamma(Special):
    """A power of a gamma variable, with the power 1, is the gamma variable itself."""

    power: float = free(2.0, "Power", 0.4, 4, r"p")
    shape: float = free(2.0, "Shape", 0.5, 8, r"k")
    title, sign, running, meets = "Generalised gamma to gamma", "power 1", "power", 1.0
    source, target = families.GeneralizedGamma, families.Gamma
    tex = r"\mathrm{GenGamma}(k,1,s)=\mathrm{Gamma}(k,1/s)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.GeneralizedGamma(self.shape, value, 1.0), families.Gamma(self.shape, 1.0)


@dataclass(frozen=True)
class GeneralizedGammaToWeibull(Special):
    """A power of an exponential variable is a Weibull variable: the generalised gamma law with shape 1."""

    shape: float = free(3.0, "Shape", 0.3, 6, r"k")
    power: float = free(1.5, "Power", 0.5, 5, r"p")
    title, sign, running, meets = "Generalised gamma to Weibull", "shape 1", "shape", 1.0
    source, target = families.GeneralizedGamma, families.Weibull
    tex = r"\mathrm{GenGamma}(1,p,s)=\mathrm{Weibull}(p,s)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.GeneralizedGamma(value, self.power, 1.0), families.Weibull(self.power, 1.0)


@dataclass(frozen=True)
class ExtremeValueToFrechet(Special):
    """The law of extreme values with a positive tail index, moved so that it starts at 0, is Fréchet's."""

    xi: float = free(0.8, "Tail index", 0.0, 1.2, r"\xi", "linear", step=0.02)
    shape: float = free(3.0, "Shape", 1, 8, r"\alpha")
    title, sign, running = "Generalized extreme value to Fréchet", "ξ > 0", "xi"
    source, target = families.GeneralizedExtremeValue, families.Frechet
    tex = r"\mathrm{GEV}\left(s,\tfrac{s}{\alpha},\xi=\tfrac{1}{\alpha}\right)=\mathrm{Frechet}(\alpha,s)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.GeneralizedExtremeValue(1.0, 1 / self.shape, value), families.Frechet(self.shape, 1.0)

    @property
    def meets(self) -> float:
        return 1 / self.shape


@dataclass(frozen=True)
class GeneralizedParetoToLomax(Special):
    """The law of excesses with a positive tail index is a Lomax law."""

    sigma: float = free(1.5, "Scale", 0.1, 3, r"\sigma")
    shape: float = free(3.0, "Shape", 1, 8, r"\alpha")
    title, sign, running = "Generalised Pareto to Lomax", "ξ > 0", "sigma"
    source, target = families.GeneralizedPareto, families.Lomax
    tex = r"\mathrm{GPD}\left(\xi=\tfrac{1}{\alpha},\ \sigma=\tfrac{\lambda}{\alpha}\right)=\mathrm{Lomax}(\alpha,\lambda)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.GeneralizedPareto(1 / self.shape, value), families.Lomax(self.shape, 1.0)

    @property
    def meets(self) -> float:
        return 1 / self.shape


@dataclass(frozen=True)
class GeneralizedParetoToExponential(Special):
    """Excesses with tail index 0 are exponential: the border between heavy tails and tails that end."""

    xi: float = free(0.6, "Tail index", -0.8, 1.2, r"\xi", "linear", step=0.02)
    sigma: float = free(1.0, "Scale", 0.2, 5, r"\sigma")
    title, sign, running, meets = "Generalised Pareto to exponential", "ξ = 0", "xi", 0.0
    source, target = families.GeneralizedPareto, families.Exponential
    tex = r"\mathrm{GPD}(\xi=0,\sigma)=\mathrm{Exponential}(1/\sigma)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.GeneralizedPareto(value, self.sigma), families.Exponential(1 / self.sigma)


@dataclass(frozen=True)
class BurrToLomax(Special):
    """A Burr law with its first power 1 is a Lomax law."""

    c: float = free(2.0, "Power of the value", 0.4, 4, r"c")
    k: float = free(3.0, "Power of the rest", 1, 8, r"k")
    title, sign, running, meets = "Burr XII to Lomax", "c = 1", "c", 1.0
    source, target = families.BurrXII, families.Lomax
    tex = r"\mathrm{Burr}(1,k,s)=\mathrm{Lomax}(k,s)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.BurrXII(value, self.k, 1.0), families.Lomax(self.k, 1.0)


@dataclass(frozen=True)
class BurrToLogLogistic(Special):
    """A Burr law with its second power 1 is the log-logistic law."""

    k: float = free(3.0, "Power of the rest", 0.3, 6, r"k")
    c: float = free(2.5, "Power of the value", 1, 6, r"c")
    title, sign, running, meets = "Burr XII to log-logistic", "k = 1", "k", 1.0
    source, target = families.BurrXII, families.LogLogistic
    tex = r"\mathrm{Burr}(c,1,s)=\mathrm{LogLogistic}(s,c)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.BurrXII(self.c, value, 1.0), families.LogLogistic(1.0, self.c)


@dataclass(frozen=True)
class NakagamiToRayleigh(Special):
    """A faded radio signal without a direct path, Nakagami's law with m = 1, has Rayleigh's law."""

    m: float = free(2.5, "Shape", 0.4, 4, r"m")
    omega: float = free(1.0, "Mean power", 0.2, 5, r"\Omega")
    title, sign, running, meets = "Nakagami to Rayleigh", "m = 1", "m", 1.0
    source, target = families.Nakagami, families.Rayleigh
    tex = r"\mathrm{Nakagami}(1,\Omega)=\mathrm{Rayleigh}\left(\sqrt{\Omega/2}\right)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Nakagami(value, self.omega), families.Rayleigh(math.sqrt(self.omega / 2))


@dataclass(frozen=True)
class NakagamiToHalfNormal(Special):
    """The worst fading that Nakagami's law allows, m = 1/2, is the half-normal law."""

    m: float = free(1.5, "Shape", 0.3, 3, r"m")
    omega: float = free(1.0, "Mean power", 0.2, 5, r"\Omega")
    title, sign, running, meets = "Nakagami to half-normal", "m = ½", "m", 0.5
    source, target = families.Nakagami, families.HalfNormal
    tex = r"\mathrm{Nakagami}\left(\tfrac{1}{2},\Omega\right)=\mathrm{HalfNormal}\left(\sqrt{\Omega}\right)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Nakagami(value, self.omega), families.HalfNormal(math.sqrt(self.omega))


@dataclass(frozen=True)
class RiceToRayleigh(Special):
    """A signal with no direct path left, Rice's law at distance 0, has Rayleigh's law."""

    nu: float = free(2.0, "Distance", 0.0, 4, r"\nu", "linear", step=0.1)
    sigma: float = free(1.0, "Noise", 0.2, 5, r"\sigma")
    title, sign, running, meets = "Rice to Rayleigh", "ν = 0", "nu", 0.0
    source, target = families.Rice, families.Rayleigh
    tex = r"\mathrm{Rice}(0,\sigma)=\mathrm{Rayleigh}(\sigma)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Rice(value, self.sigma), families.Rayleigh(self.sigma)


@dataclass(frozen=True)
class InverseGammaToLevy(Special):
    """One over a gamma variable with shape 1/2 has Lévy's law: the time at which a wanderer first reaches a wall."""

    shape: float = free(1.5, "Shape", 0.25, 3, r"\alpha")
    scale: float = free(1.0, "Scale of Lévy's law", 0.2, 5, r"c")
    title, sign, running, meets = "Inverse gamma to Lévy", "shape ½", "shape", 0.5
    source, target = families.InverseGamma, families.Levy
    tex = r"\mathrm{InvGamma}\left(\tfrac{1}{2},\tfrac{c}{2}\right)=\mathrm{Levy}(c)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.InverseGamma(value, self.scale / 2), families.Levy(self.scale)
