"""Conditions: laws of those values that are allowed to count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core import distributions as families
from core.distributions.base import Array, Distribution
from core.distributions.relations.base import Given, free, samples
from core.params import param

RARE = 0.01  # of all tries: a condition that is met less often takes too long
NORMAL = families.Normal(0.0, 1.0)


class Sum(Given):
    """Base: the first of two counts, given both together."""

    total: ClassVar[int]

    def keeps(self, x: Array) -> Array:
        return x[0] + x[1] == self.total

    def line(self, x: Array) -> Array:
        return self.total - x


@dataclass(frozen=True)
class NormalToTruncatedNormal(Given):
    """A normal value that is only counted between two limits is truncated normal."""

    low: float = free(-0.5, "Lower limit", -3, 1, "a", "linear", step=0.1)
    high: float = free(2.0, "Upper limit", 1.1, 4, "b", "linear", step=0.1)
    n: int = samples()
    title, source, target = "Normal to truncated normal", families.Normal, families.TruncatedNormal
    sign = "a < x < b"
    tex = r"Z\mid a\lt Z\lt b\ \sim\ \mathrm{TruncNormal}(0,1,a,b)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": NORMAL}

    def keeps(self, x: Array) -> Array:
        return (x[0] > self.low) & (x[0] < self.high)

    def ends(self) -> list[float]:
        return [self.low, self.high]

    def law(self) -> Distribution:
        return families.TruncatedNormal(0.0, 1.0, self.low, self.high)


@dataclass(frozen=True)
class ExponentialForgets(Given):
    """What is left of a wait that has already lasted is as long as a fresh one: the exponential law has no memory."""

    waited: float = free(0.8, "Already waited", 0.1, 2, "s")
    n: int = samples()
    title, sign, source, target = "Exponential to exponential, by waiting", "rest given x > s", families.Exponential, families.Exponential
    tex = r"X-s\mid X\gt s\ \sim\ \mathrm{Exponential}(1)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Exponential(1.0)}

    def keeps(self, x: Array) -> Array:
        return x[0] > self.waited

    def ends(self) -> list[float]:
        return [self.waited]

    def combine(self, x: Array) -> Array:
        return super().combine(x) - self.waited

    def law(self) -> Distribution:
        return families.Exponential(1.0)


@dataclass(frozen=True)
class NormalToSkewNormal(Given):
    """A normal value that is only seen when another one lies below a multiple of it leans: skew normal."""

    alpha: float = free(3.0, "Lean", -5, 5, r"\alpha", "linear", step=0.2)
    n: int = samples()
    title, sign, source, target = "Normal to skew normal", "given y < α x", families.Normal, families.SkewNormal
    tex = r"X\mid Y\lt\alpha X\ \sim\ \mathrm{SkewNormal}(0,1,\alpha)"

    def inputs(self) -> dict[str, Distribution]:
        return {"x": NORMAL, "y": NORMAL}

    def keeps(self, x: Array) -> Array:
        return x[1] < self.alpha * x[0]

    def line(self, x: Array) -> Array:
        return self.alpha * x

    def law(self) -> Distribution:
        return families.SkewNormal(0.0, 1.0, self.alpha)


@dataclass(frozen=True)
class PoissonToBinomial(Sum):
    """Of a known number of calls on two lines, each is on the first one with the same chance: binomial."""

    first: float = free(3.0, "First rate", 1, 6, r"\lambda_1")
    second: float = free(4.0, "Second rate", 1, 6, r"\lambda_2")
    total: int = param(7, "Together", low=2, high=12, symbol="k", help="How many calls there were on both lines.")
    n: int = samples()
    title, sign, source, target = "Poisson to binomial", "given the sum", families.Poisson, families.Binomial
    tex = r"X\mid X+Y=k\ \sim\ \mathrm{Binomial}\left(k,\tfrac{\lambda_1}{\lambda_1+\lambda_2}\right)"

    def agree(self) -> None:
        both = families.Poisson(self.first + self.second)
        if both.prob(self.total) < RARE:
            likely = round(both.mean())
            raise ValueError(f"total must come up in at least {RARE:.0%} of all tries, got {self.total} where {likely} are expected: try {likely}")

    def inputs(self) -> dict[str, Distribution]:
        return {"x": families.Poisson(self.first), "y": families.Poisson(self.second)}

    def law(self) -> Distribution:
        return families.Binomial(self.total, self.first / (self.first + self.second))


@dataclass(frozen=True)
class BinomialToHypergeometric(Sum):
    """Of a known number of heads among all throws, those of one player are hypergeometric: the coin no longer matters."""

    first: int = param(8, "Throws of the first", low=1, high=20, symbol="a", help="How often the first player throws.")
    second: int = param(12, "Throws of the second", low=1, high=20, symbol="b", help="How often the second player throws.")
    total: int = param(6, "Heads together", low=1, high=12, symbol="k", help="How many heads both players have.")
    n: int = samples()
    title, sign, source, target = "Binomial to hypergeometric", "given the sum", families.Binomial, families.Hypergeometric
    tex = r"X\mid X+Y=k\ \sim\ \mathrm{Hypergeometric}(a+b,\,a,\,k)"

    def agree(self) -> None:
        if self.total > self.first + self.second:
            raise ValueError(f"total must be at most all throws, got {self.total} of {self.first + self.second}: try {self.first + self.second}")

    def inputs(self) -> dict[str, Distribution]:
        chance = min(0.95, self.total / (self.first + self.second))  # any chance would do; this one keeps most
        return {"x": families.Binomial(self.first, chance), "y": families.Binomial(self.second, chance)}

    def law(self) -> Distribution:
        return families.Hypergeometric(self.first + self.second, self.first, self.total)
