"""The hypergeometric law."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from core.distributions.base import Array, Support
from core.distributions.special import log_binomial
from core.distributions.table import TableLattice
from core.params import param

MOST = 100_000


@dataclass(frozen=True)
class Hypergeometric(TableLattice):
    """How many successes are among the draws from an urn when nothing is put back.

    P(k) = C(successes, k) C(population - successes, draws - k) / C(population, draws).
    https://en.wikipedia.org/wiki/Hypergeometric_distribution
    """

    population: int = param(50, "Population", low=12, high=200, bounds=(1, MOST), symbol=r"N", help="How many balls the urn holds.")
    successes: int = param(15, "Successes in it", low=0, high=50, bounds=(0, MOST), symbol=r"K", help="How many of them count as a success.")
    draws: int = param(12, "Draws", low=0, high=50, bounds=(0, MOST), symbol=r"n", help="How many balls are drawn, without putting any back.")

    title = "Hypergeometric"
    story = "The number of aces in a hand of cards: draws from an urn when nothing is put back."
    density = r"\frac{\binom{<successes>}{x}\binom{<population>-<successes>}{<draws>-x}}{\binom{<population>}{<draws>}}"
    formulas = {
        "mean": r"<draws>\cdot p,\quad p=\frac{<successes>}{<population>}",
        "variance": r"<draws>\cdot p(1-p)\,\frac{<population>-<draws>}{<population>-1},\quad p=\frac{<successes>}{<population>}",
        "skewness": r"\frac{(<population>-2\,<successes>)(<population>-2\,<draws>)}{s\,<population>\,(<population>-2)},\quad s\ \text{the standard deviation}",
        "excess_kurtosis": r"\frac{\mathrm{E}(X-m)^4}{v^2}-3,\quad m,\ v\ \text{the mean and the variance}",
        "entropy": r"-\sum_k p_k\log p_k",
    }
    reference = "https://en.wikipedia.org/wiki/Hypergeometric_distribution"

    def agree(self) -> None:
        for name in ("successes", "draws"):
            if getattr(self, name) > self.population:
                raise ValueError(f"{name} must not exceed the population of {self.population}, got {getattr(self, name)}: try {self.population}")

    @property
    def support(self) -> Support:
        return Support(max(0, self.draws + self.successes - self.population), min(self.draws, self.successes), discrete=True)

    def log_mass(self, k: Array) -> Array:
        # binomial masses of both colours over that of the whole hand (Loader 2000): the share of draws makes all three peak together
        hand, rest, others = float(self.draws), float(self.population - self.draws), float(self.population - self.successes)
        drawn = hand - k
        return log_binomial(k, self.successes - k, hand, rest) + log_binomial(drawn, others - drawn, hand, rest) - log_binomial(hand, rest, hand, rest)

    def mean(self) -> float:
        return self.draws * self.successes / self.population

    def variance(self) -> float:
        return float(self._central()[0])

    def skewness(self) -> float:
        size, hits, hand = self.population, self.successes, self.draws
        return (size - 2 * hits) * (size - 2 * hand) / (size * (size - 2) * self.sd()) if self.variance() else math.nan

    def excess_kurtosis(self) -> float:
        variance, fourth = self._central()
        return float(fourth / variance**2 - 3) if variance else math.nan

    def _central(self) -> tuple[Fraction, Fraction]:
        """Return the second and the fourth central moment, from the factorial ones, in exact fractions."""
        found, product = [], Fraction(1)
        for j in range(4):
            product *= Fraction((self.draws - j) * (self.successes - j), self.population - j) if self.population > j else 0
            found.append(product)
        f1, f2, f3, f4 = found
        m2, m3, m4 = f2 + f1, f3 + 3 * f2 + f1, f4 + 6 * f3 + 7 * f2 + f1
        return m2 - f1**2, m4 - 4 * f1 * m3 + 6 * f1**2 * m2 - 3 * f1**4
