"""Limits: laws that come as near to another as one likes, and how fast."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core import distributions as families
from core.distributions.base import Distribution
from core.distributions.relations.base import Limit, free
from core.distributions.relations.laws import Moved, Rounded
from core.params import param

FEW = 9.0  # the variance below which a count is too lopsided for a bell


def bell(dist: Distribution) -> families.Normal:
    """Return the normal law with the same mean and standard deviation."""
    return families.Normal(dist.mean(), dist.sd())


def too_few(variance: float) -> tuple[str, str, str] | None:
    """Say that a count scatters too little for a bell, where it does."""
    if variance >= FEW:
        return None
    why = f"The counts have a variance of {variance:.3g}: they still lean, and a bell has no room for that."
    return "Too few events for a bell", why, f"Drag the slider up until the variance is at least {FEW:.0f}."


@dataclass(frozen=True)
class BinomialToPoisson(Limit):
    """Very many trials, each with a very small chance: only the expected number of successes matters."""

    n: int = param(30, "Trials", low=2, high=16384, scale="log", bounds=(1, 1_000_000), symbol="n", help="How many trials; each succeeds with rate / n.")
    rate: float = free(3.0, "Rate", 0.2, 20, r"\lambda", help="The expected number of successes.")
    title, sign, running = "Binomial to Poisson", "n p = λ", "n"
    source, target = families.Binomial, families.Poisson
    tex = r"\mathrm{Binomial}\left(n,\tfrac{\lambda}{n}\right)\to\mathrm{Poisson}(\lambda)"
    theorem = "Le Cam's bound"
    reference = "https://en.wikipedia.org/wiki/Le_Cam%27s_theorem"

    def agree(self) -> None:
        if self.n < self.rate:
            raise ValueError(f"n must be at least the rate, got {self.n} and {self.rate:g}: try {math.ceil(self.rate)}")

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Binomial(int(value), self.rate / value), families.Poisson(self.rate)

    def bound(self, value: float) -> float:
        return min(1, 1 / self.rate) * self.rate**2 / value  # min(1, 1 / lambda) times the sum of the n p^2 (Barbour and Hall 1984)

    def trouble(self, value: float) -> tuple[str, str, str] | None:
        if self.rate / value <= 0.1:
            return None
        why = f"Each trial succeeds with p = {self.rate / value:.3g}, which is not small: the rare-event limit does not apply."
        return "These events are not rare", why, "Drag the number of trials up, or lower the rate."


@dataclass(frozen=True)
class BinomialToNormal(Limit):
    """The number of heads in many throws, in units of its spread, is a bell; here the bell is rounded to whole numbers."""

    n: int = param(16, "Trials", low=1, high=16384, scale="log", bounds=(1, 1_000_000), symbol="n", help="How many trials.")
    p: float = free(0.3, "Probability of success", 0.02, 0.98, r"p", "linear")
    title, sign, running, order = "Binomial to normal", "n → ∞", "n", 0.5
    source, target = families.Binomial, families.Normal
    tex = r"\frac{\mathrm{Binomial}(n,p)-np}{\sqrt{np(1-p)}}\to\mathrm{Normal}(0,1)"
    reference = "https://en.wikipedia.org/wiki/De_Moivre%E2%80%93Laplace_theorem"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        heads = families.Binomial(int(value), self.p)
        return heads, Rounded(bell(heads))

    def standard(self, value: float) -> tuple[float, float]:
        return value * self.p, math.sqrt(value * self.p * (1 - self.p))

    def trouble(self, value: float) -> tuple[str, str, str] | None:
        return too_few(value * self.p * (1 - self.p))


@dataclass(frozen=True)
class PoissonToNormal(Limit):
    """A large count of rare events, in units of its spread, is a bell; here the bell is rounded to whole numbers."""

    rate: float = param(4.0, "Rate", low=0.25, high=4096, scale="log", bounds=(0.05, 1e6), symbol=r"\lambda", help="The expected number of events.")
    title, sign, running, order = "Poisson to normal", "λ → ∞", "rate", 0.5
    source, target = families.Poisson, families.Normal
    tex = r"\frac{\mathrm{Poisson}(\lambda)-\lambda}{\sqrt{\lambda}}\to\mathrm{Normal}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Poisson(value), Rounded(families.Normal(value, math.sqrt(value)))

    def standard(self, value: float) -> tuple[float, float]:
        return value, math.sqrt(value)

    def trouble(self, value: float) -> tuple[str, str, str] | None:
        return too_few(value)


@dataclass(frozen=True)
class SkellamToNormal(Limit):
    """The difference of two large counts is a bell, and sooner than either count: their leans cancel."""

    rate: float = param(
        2.0, "Rate of each", low=0.25, high=1024, scale="log", bounds=(0.05, 1e5), symbol=r"\lambda", help="The expected number of either events."
    )
    title, sign, running = "Skellam to normal", "λ → ∞", "rate"
    source, target = families.Skellam, families.Normal
    tex = r"\frac{\mathrm{Skellam}(\lambda,\lambda)}{\sqrt{2\lambda}}\to\mathrm{Normal}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.Skellam(value, value), Rounded(families.Normal(0.0, math.sqrt(2 * value)))

    def standard(self, value: float) -> tuple[float, float]:
        return 0.0, math.sqrt(2 * value)


@dataclass(frozen=True)
class NegativeBinomialToPoisson(Limit):
    """Counts whose rates scatter less and less between places become Poisson's."""

    r: float = param(2.0, "Successes", low=0.25, high=4096, scale="log", bounds=(0.05, 1e6), symbol="r", help="The larger, the less the rates scatter.")
    rate: float = free(4.0, "Mean", 0.5, 20, r"\lambda")
    title, sign, running = "Negative binomial to Poisson", "r → ∞", "r"
    source, target = families.NegativeBinomial, families.Poisson
    tex = r"\mathrm{NegBinomial}\left(r,\tfrac{r}{r+\lambda}\right)\to\mathrm{Poisson}(\lambda)"
    theorem = "bound for a mixture"
    reference = "https://en.wikipedia.org/wiki/Negative_binomial_distribution#Poisson_distribution"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.NegativeBinomial(value, value / (value + self.rate)), families.Poisson(self.rate)

    def bound(self, value: float) -> float:
        return -math.expm1(-self.rate) * self.rate / value  # (1 - e^-m) / m times the variance of the rate (Barbour, Holst and Janson 1992, theorem 1.C)


@dataclass(frozen=True)
class HypergeometricToBinomial(Limit):
    """In a large urn it does not matter whether what was drawn is put back."""

    population: int = param(30, "Population", low=20, high=40960, scale="log", bounds=(20, 1_000_000), symbol="N", help="How many balls the urn holds.")
    draws: int = param(10, "Draws", low=1, high=20, symbol="n", help="How many balls are drawn.")
    share: float = free(0.3, "Share of successes", 0.05, 0.95, r"p", "linear")
    title, sign, running = "Hypergeometric to binomial", "N → ∞", "population"
    source, target = families.Hypergeometric, families.Binomial
    tex = r"\mathrm{Hypergeometric}(N,pN,n)\to\mathrm{Binomial}(n,p)"
    theorem = "bound (n − 1) / (N − 1)"
    reference = "https://en.wikipedia.org/wiki/Hypergeometric_distribution"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        successes = round(self.share * value)
        return families.Hypergeometric(int(value), successes, self.draws), families.Binomial(self.draws, successes / value)

    def bound(self, value: float) -> float:
        return (self.draws - 1) / (value - 1)  # Ehm 1991, Statistics & Probability Letters 11, 7-16

    def trouble(self, value: float) -> tuple[str, str, str] | None:
        if self.draws <= 0.1 * value:
            return None
        why = f"{self.draws} of {value:.0f} balls are drawn: each draw changes the odds of the next."
        return "The urn is too small", why, "Drag the population up to ten times the draws."


@dataclass(frozen=True)
class BetaBinomialToBinomial(Limit):
    """When all coins are alike, every thrower has the same chance: the beta-binomial law becomes the binomial one."""

    weight: float = param(2.0, "Weight", low=0.5, high=4096, scale="log", bounds=(0.1, 1e6), symbol="s", help="How sure the coin's chance is: a + b.")
    n: int = param(12, "Trials", low=2, high=40, symbol="n", help="How many throws.")
    p: float = free(0.4, "Mean chance", 0.05, 0.95, r"p", "linear")
    title, sign, running = "Beta-binomial to binomial", "a + b → ∞", "weight"
    source, target = families.BetaBinomial, families.Binomial
    tex = r"\mathrm{BetaBinomial}(n,sp,s(1-p))\to\mathrm{Binomial}(n,p)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.BetaBinomial(self.n, self.p * value, (1 - self.p) * value), families.Binomial(self.n, self.p)


@dataclass(frozen=True)
class StudentToNormal(Limit):
    """With many repetitions the estimated error is as good as the true one: Student's law becomes the normal one."""

    df: float = param(2.0, "Degrees of freedom", low=0.5, high=2048, scale="log", bounds=(0.2, 1e5), symbol=r"\nu", help="Repetitions less one.")
    title, sign, running = "Student t to normal", "ν → ∞", "df"
    source, target = families.StudentT, families.Normal
    tex = r"t_\nu\to\mathrm{Normal}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.StudentT(value, 0.0, 1.0), families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class GammaToNormal(Limit):
    """The wait for very many events, in units of its spread, is a bell."""

    shape: float = param(2.0, "Shape", low=0.5, high=4096, scale="log", bounds=(0.1, 1e6), symbol=r"\alpha", help="How many events are waited for.")
    title, sign, running, order = "Gamma to normal", "α → ∞", "shape", 0.5
    source, target = families.Gamma, families.Normal
    tex = r"\frac{\mathrm{Gamma}(\alpha,\beta)-\alpha/\beta}{\sqrt{\alpha}/\beta}\to\mathrm{Normal}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        root = math.sqrt(value)
        return Moved(families.Gamma(value, 1.0), -root, 1 / root), families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class ChiSquaredToNormal(Limit):
    """A sum of very many squares, in units of its spread, is a bell."""

    df: float = param(4.0, "Degrees of freedom", low=1, high=8192, scale="log", bounds=(0.5, 1e6), symbol=r"k", help="How many squares are added.")
    title, sign, running, order = "Chi-squared to normal", "k → ∞", "df", 0.5
    source, target = families.ChiSquared, families.Normal
    tex = r"\frac{\chi^2_k-k}{\sqrt{2k}}\to\mathrm{Normal}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        root = math.sqrt(2 * value)
        return Moved(families.ChiSquared(value), -value / root, 1 / root), families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class BetaToNormal(Limit):
    """A belief about a share, after very many throws, is a narrow bell."""

    total: float = param(8.0, "Both parameters together", low=2, high=8192, scale="log", bounds=(1, 1e6), symbol="s", help="Throws seen: a + b.")
    mean: float = free(0.3, "Mean", 0.05, 0.49, r"m", "linear")
    title, sign, running, order = "Beta to normal", "a + b → ∞", "total", 0.5
    source, target = families.Beta, families.Normal
    tex = r"\frac{\mathrm{Beta}(sm,s(1-m))-m}{\sqrt{m(1-m)/(s+1)}}\to\mathrm{Normal}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        share = families.Beta(value * self.mean, value * (1 - self.mean))
        return Moved(share, -share.mean() / share.sd(), 1 / share.sd()), families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class FToChiSquared(Limit):
    """When the estimate below is exact, the ratio of two variances is the one above: d times F becomes chi-squared."""

    d2: float = param(4.0, "Degrees of freedom below", low=1, high=4096, scale="log", bounds=(0.5, 1e5), symbol="d_2", help="Of the denominator.")
    d1: float = free(5.0, "Degrees of freedom above", 1, 20, "d_1")
    title, sign, running = "F to chi-squared", "d₂ → ∞", "d2"
    source, target = families.FRatio, families.ChiSquared
    tex = r"d_1\,F(d_1,d_2)\to\chi^2_{d_1}"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return Moved(families.FRatio(self.d1, value), 0.0, self.d1), families.ChiSquared(self.d1)


@dataclass(frozen=True)
class InverseGaussianToNormal(Limit):
    """A particle that drifts far more than it wanders arrives nearly on time: the spread around the mean is a bell."""

    shape: float = param(4.0, "Shape", low=0.5, high=4096, scale="log", bounds=(0.1, 1e6), symbol=r"\lambda", help="Drift against wandering.")
    title, sign, running, order = "Inverse Gaussian to normal", "λ → ∞", "shape", 0.5
    source, target = families.InverseGaussian, families.Normal
    tex = r"\sqrt{\lambda}\,\left(\mathrm{InvGaussian}(1,\lambda)-1\right)\to\mathrm{Normal}(0,1)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        root = math.sqrt(value)
        return Moved(families.InverseGaussian(1.0, value), -root, root), families.Normal(0.0, 1.0)


@dataclass(frozen=True)
class InverseGaussianToLevy(Limit):
    """Without a drift the wandering particle still reaches the wall, but the mean time is infinite: Lévy's law."""

    mu: float = param(2.0, "Mean", low=0.5, high=2048, scale="log", bounds=(0.1, 1e5), symbol=r"\mu", help="One over the drift.")
    scale: float = free(1.0, "Scale of Lévy's law", 0.3, 3, r"c")
    title, sign, running = "Inverse Gaussian to Lévy", "μ → ∞", "mu"
    source, target = families.InverseGaussian, families.Levy
    tex = r"\mathrm{InvGaussian}(\mu,c)\to\mathrm{Levy}(c)"

    def pair(self, value: float) -> tuple[Distribution, Distribution]:
        return families.InverseGaussian(value, self.scale), families.Levy(self.scale)
