"""The logarithmic law."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.polynomial import laguerre
from scipy import special

from core.distributions.base import Array, Support
from core.distributions.lattice import Lattice
from core.distributions.special import log1pmx, log_complement
from core.params import param

NODES, WEIGHTS = laguerre.laggauss(32)
HEAD = 16  # from here on the tail is a smooth integral


@dataclass(frozen=True)
class Logarithmic(Lattice):
    """How many individuals of a species are caught, given that at least one is; Fisher's law of a butterfly net.

    P(k) = -p^k / (k log(1 - p)) for k = 1, 2, ...
    https://en.wikipedia.org/wiki/Logarithmic_distribution
    """

    p: float = param(
        0.5, "Shape", low=0.02, high=0.98, step=0.01, bounds=(1e-9, 1 - 1e-9), symbol=r"p", help="Near 0 nearly all values are 1; near 1 the tail is long."
    )

    title = "Logarithmic"
    story = "How many butterflies of one species are in the net, among the species that are there at all."
    use = (
        "How abundances spread over species, or purchases over buyers, when only those seen at least once are counted. If zeros are observable too, "
        "take the negative binomial law."
    )
    density = r"\frac{-<p>^x}{x\,\log(1-<p>)},\quad x=1,2,\dots"
    formulas = {
        "mean": r"\frac{c}{1-<p>},\quad c=\frac{-<p>}{\log(1-<p>)}",
        "variance": r"\frac{c\,(1-c)}{(1-<p>)^2},\quad c=\frac{-<p>}{\log(1-<p>)}",
        "skewness": r"\frac{1+<p>-3c+2c^2}{\sqrt{c}\,(1-c)^{3/2}},\quad c=\frac{-<p>}{\log(1-<p>)}",
        "excess_kurtosis": r"\frac{1+4<p>+<p>^2-4c(1+<p>)+6c^2-3c^3}{c\,(1-c)^2}-3,\quad c=\frac{-<p>}{\log(1-<p>)}",
        "entropy": r"-\sum_k p_k\log p_k",
    }
    reference = "https://en.wikipedia.org/wiki/Logarithmic_distribution"
    support = Support(1, math.inf, discrete=True)

    def _log_norm(self) -> float:
        return math.log(-math.log1p(-self.p))

    def log_mass(self, k: Array) -> Array:
        return k * math.log(self.p) - np.log(k) - self._log_norm()

    def log_below(self, k: Array) -> Array:
        return log_complement(self.log_above(k))

    def log_above(self, k: Array) -> Array:
        """Return log of the sum of p^j / j over j > k: a few terms one by one, the rest from HEAD on as an integral."""
        start = np.maximum(k + 1, float(HEAD))
        terms = np.arange(1.0, HEAD)
        sums = np.append(np.cumsum((self.p**terms / terms)[::-1])[::-1], 0.0)  # over j from k + 1 to HEAD - 1
        rest = start * math.log(self.p) + np.log(_lerch(start, -math.log(self.p)))
        few = sums[np.minimum(k, HEAD - 1).astype(int)]
        return np.where(k + 1 < HEAD, np.log(few + np.exp(rest)), rest) - self._log_norm()

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.logseries(self.p, n)

    @cached_property
    def _gap(self) -> float:
        """1 - c, with the c of `formulas`."""
        return -float(log1pmx(-self.p)) / -math.log1p(-self.p)

    def mean(self) -> float:
        return -self.p / math.log1p(-self.p) / (1 - self.p)

    def variance(self) -> float:
        return self._gap * self.mean() / (1 - self.p)

    def skewness(self) -> float:
        d = self._gap  # the formula of `formulas` in 1 - c, where its large terms have cancelled
        return (self.p - d + 2 * d * d) / math.sqrt(1 - d) / d**1.5

    def excess_kurtosis(self) -> float:
        d, p = self._gap, self.p
        return (d + 4 * p * d + p * p - 3 * d * d + 3 * d**3) / (1 - d) / d**2 - 3

    def entropy(self) -> float:
        return self.entropy_within(1, 1 + 45 / -math.log(self.p))


def _lerch(start: Array, rate: float) -> Array:
    """Return the sum over j >= start of e^(-rate (j - start)) / j.

    It is the integral of e^(-start u) / (1 - e^-(rate + u)) over u > 0. Its pole next to 0 is taken out, and gives an
    exponential integral; what is left is smooth.
    """
    near = start * rate
    u = rate + NODES / start[..., None]
    smooth = (np.where(near[..., None] > 40, 1 / -np.expm1(-u), _without_pole(u)) @ WEIGHTS) / start
    pole = np.where(near > 40, 0.0, np.exp(np.minimum(near, 40)) * special.exp1(np.minimum(near, 40)))
    return smooth + pole


def _without_pole(u: Array) -> Array:
    """Return 1 / (1 - e^-u) - 1 / u."""
    small = 0.5 + u / 12 - u**3 / 720 + u**5 / 30240
    return np.where(u < 0.02, small, 1 / -np.expm1(-u) - 1 / u)
