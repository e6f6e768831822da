"""The Zipf law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import Array, Support
from core.distributions.lattice import Lattice
from core.distributions.special import log_complement
from core.params import param

HEAD = np.arange(16.0)  # so many terms are added before the rest of the sum becomes an integral
# B_2j / (2j)! of Euler and Maclaurin's formula
BERNOULLI = (1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160, -691 / 1307674368000, 1 / 74724249600)


@dataclass(frozen=True)
class Zipf(Lattice):
    """The rank of a word in a text: the k-th is k^exponent times rarer than the first.

    P(k) = k^-exponent / zeta(exponent) for k = 1, 2, ...
    https://en.wikipedia.org/wiki/Zeta_distribution
    """

    exponent: float = param(
        2.5,
        "Exponent",
        low=2.4,
        high=6,
        step=0.05,
        bounds=(1.4, 400),  # below 1.4 a draw in a hundred million would not fit into 64 bits
        symbol=r"s",
        help="How fast the masses fall; the mean is infinite up to 2, the variance up to 3.",
    )

    title = "Zipf"
    story = "The rank of a word picked from a text, or of a city by its size: a power law on 1, 2, 3 and so on."
    use = (
        "Frequencies by rank, or sizes in whole numbers with a power-law tail: links, words, citations. Fit by likelihood, not by a line through a "
        "log-log histogram, and compare with a log-normal law before you claim a power."
    )
    density = r"\frac{x^{-<exponent>}}{\zeta(<exponent>)},\quad x=1,2,\dots"
    formulas = {
        "mean": r"m_1=\frac{\zeta(<exponent>-1)}{\zeta(<exponent>)}\ (\text{infinite up to 2})",
        "variance": r"m_2-m_1^2,\quad m_j=\frac{\zeta(<exponent>-j)}{\zeta(<exponent>)}\ (\text{infinite up to 3})",
        "skewness": r"\frac{m_3-3m_2m_1+2m_1^3}{(m_2-m_1^2)^{3/2}}\ (\text{infinite up to 4})",
        "excess_kurtosis": r"\frac{m_4-4m_3m_1+6m_2m_1^2-3m_1^4}{(m_2-m_1^2)^2}-3\ (\text{infinite up to 5})",
        "entropy": r"\log\zeta(<exponent>)-<exponent>\,\frac{\zeta'(<exponent>)}{\zeta(<exponent>)}",
    }
    reference = "https://en.wikipedia.org/wiki/Zeta_distribution"
    support = Support(1, math.inf, discrete=True)

    def _log_zeta(self) -> float:
        return math.log1p(_zeta_less_1(self.exponent))

    def log_mass(self, k: Array) -> Array:
        return -self.exponent * np.log(k) - self._log_zeta()

    def log_below(self, k: Array) -> Array:
        return log_complement(self.log_above(k))

    def log_above(self, k: Array) -> Array:
        return np.log(_scaled_zeta(self.exponent, k + 1)) - self.exponent * np.log(k + 1) - self._log_zeta()

    def _search(self, q: Array) -> Array:
        """Return the smallest k with cdf(k) >= q: from the power law of the tail, then to and fro."""
        s = self.exponent
        with np.errstate(all="ignore"):
            guess = np.exp(-(np.log1p(-q) + math.log(s - 1) + self._log_zeta()) / (s - 1)) - 0.5
        top = np.maximum(np.ceil(guess), 1.0)
        bottom, stride = np.maximum(top - 1, 0.0), np.maximum(1.0, 1e-15 * top)
        while (short := self.cdf(top) < q).any():
            bottom, top, stride = np.where(short, top, bottom), np.where(short, top + stride, top), 2 * stride
        stride = np.maximum(1.0, 1e-15 * top)
        while (over := self.cdf(bottom) >= q).any():
            top, bottom, stride = np.where(over, bottom, top), np.where(over, np.maximum(bottom - stride, 0.0), bottom), 2 * stride
        while True:
            middle = np.floor(0.5 * (bottom + top))
            if not ((middle > bottom) & (middle < top)).any():
                return top
            enough = self.cdf(middle) >= q
            top, bottom = np.where(enough, middle, top), np.where(enough, bottom, middle)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.zipf(self.exponent, n)

    def _from_one(self, order: int) -> float:
        """Return E (X - 1)^order, a sum of zetas in which the first terms cancel: they are left out."""
        signs = [math.comb(order, j) * (-1) ** (order - j) for j in range(order + 1)]
        return math.fsum(sign * _zeta_less_1(self.exponent - j) for j, sign in enumerate(signs)) / math.exp(self._log_zeta())

    def mean(self) -> float:
        return 1 + self._from_one(1) if self.exponent > 2 else math.inf

    def variance(self) -> float:
        if self.exponent <= 3:
            return math.inf if self.exponent > 2 else math.nan
        return self._from_one(2) - self._from_one(1) ** 2

    def skewness(self) -> float:
        if self.exponent <= 4:
            return math.inf if self.exponent > 3 else math.nan
        m1, m2, m3 = (self._from_one(j) for j in (1, 2, 3))
        return (m3 - 3 * m2 * m1 + 2 * m1**3) / self.variance() ** 1.5

    def excess_kurtosis(self) -> float:
        if self.exponent <= 5:
            return math.inf if self.exponent > 3 else math.nan
        m1, m2, m3, m4 = (self._from_one(j) for j in (1, 2, 3, 4))
        return (m4 - 4 * m3 * m1 + 6 * m2 * m1**2 - 3 * m1**4) / self.variance() ** 2 - 3

    def entropy(self) -> float:
        # the derivative of k^-s by a step off the real line, which loses no digits
        tiny = 1e-30
        slope = float((_scaled_zeta(self.exponent + 1j * tiny, np.array([2.0])) * 2.0 ** -(self.exponent + 1j * tiny))[0].imag) / tiny
        return self._log_zeta() - self.exponent * slope / math.exp(self._log_zeta())


def _zeta_less_1(s: float) -> float:
    """Return zeta(s) - 1; SciPy gives 0 from 127 on."""
    return float(special.zetac(s)) if s < 60 else float((np.arange(2.0, 20.0) ** -s).sum())


def _scaled_zeta(s: complex, a: Array) -> Array:
    """Return the sum over j >= 0 of (1 + j / a)^-s, Hurwitz' zeta function times a^s (DLMF 2.10.1)."""
    b = a + len(HEAD)
    head = ((1 + HEAD / a[..., None]) ** -s).sum(-1)
    at_b = (1 + len(HEAD) / a) ** -s
    tail, factor = b / (s - 1) + 0.5, s / b
    for j, coefficient in enumerate(BERNOULLI):
        tail = tail + coefficient * factor
        factor = factor * (s + 2 * j + 1) * (s + 2 * j + 2) / b**2
    return head + at_b * tail
