"""The hypergeometric law."""

from __future__ import annotations

import math
from dataclasses import dataclass

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
    ticks = 61
    story = "The number of aces in a hand of cards: draws from an urn when nothing is put back."
    use = (
        "Sampling inspection, card hands, and Fisher's exact test: the draw is a notable part of the whole. If it is under a twentieth of the "
        "population, the binomial law is close enough."
    )
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

    def log_masses(self, k: Array) -> Array:
        # binomial masses of both colours over that of the whole hand (Loader 2000): the share of draws makes all three peak together
        share, rest = self.draws / self.population, (self.population - self.draws) / self.population
        drawn, others = self.draws - k, self.population - self.successes
        hand = log_binomial(self.draws, self.population - self.draws, share, rest)
        return log_binomial(k, self.successes - k, share, rest) + log_binomial(drawn, others - drawn, share, rest) - hand

    def mean(self) -> float:
        return self.draws * self.successes / self.population

    def _spread(self) -> tuple[int, int]:
        """Return the variance as a numerator and a denominator."""
        size, hits, hand = self.population, self.successes, self.draws
        return hand * hits * (size - hits) * (size - hand), size * size * max(size - 1, 1)

    def variance(self) -> float:
        above, below = self._spread()
        return above / below

    def skewness(self) -> float:
        size, hits, hand = self.population, self.successes, self.draws
        if not self._spread()[0]:
            return math.nan
        return (size - 2 * hits) * (size - 2 * hand) / (size * (size - 2) * self.sd()) if size > 2 else 0.0

    def excess_kurtosis(self) -> float:
        """Return E (X - m)^4 / v^2 - 3 from the factorial moments, over one denominator: whole numbers lose nothing."""
        size, hits, hand = self.population, self.successes, self.draws
        if not self._spread()[0]:
            return math.nan
        up, down = [1], [1]  # E X (X - 1) ... = up / down; a factor of 0 above makes up for one below
        for j in range(4):
            up.append(up[-1] * (hand - j) * (hits - j))
            down.append(down[-1] * max(size - j, 1))
        f1, f2, f3, f4 = (up[j] * (down[4] // down[j]) for j in (1, 2, 3, 4))
        d = down[4]
        m2, m3, m4 = f2 + f1, f3 + 3 * f2 + f1, f4 + 6 * f3 + 7 * f2 + f1
        variance = m2 * d - f1**2
        return (m4 * d**3 - 4 * f1 * m3 * d * d + 6 * f1**2 * m2 * d - 3 * f1**4 - 3 * variance**2) / variance**2
