"""The asymmetric Laplace law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import FINITE, POSITIVE, Array
from core.distributions.continuous import Continuous
from core.distributions.special import log1p_square
from core.params import param


@dataclass(frozen=True)
class AsymmetricLaplace(Continuous):
    """The difference of two waiting times with different means: a sharp peak and two exponential tails.

    f(x) = exp(-kappa z) / (scale (kappa + 1 / kappa)) on the right, exp(z / kappa) on the left, z = (x - location) / scale.
    https://en.wikipedia.org/wiki/Asymmetric_Laplace_distribution
    """

    location: float = param(0.0, "Location", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"m", help="Where the peak stands.")
    scale: float = param(1.0, "Scale", low=0.2, high=5, step=0.05, bounds=POSITIVE, symbol=r"s", help="The width of both sides at once.")
    kappa: float = param(
        0.7,
        "Asymmetry",
        low=0.25,
        high=4,
        scale="log",
        bounds=POSITIVE,
        symbol=r"\kappa",
        help="Below 1 the right tail is the longer one, at 1 both are alike, above 1 it is the left one.",
    )

    title = "Asymmetric Laplace"
    story = "The difference of two waiting times with different means; the noise behind quantile regression."
    use = (
        "Quantile regression by likelihood, and costs that differ for too much and too little. Check that the peak is sharp; for a round peak with "
        "unequal tails take the ex-Gaussian or the Johnson SU law."
    )
    density = (
        r"\frac{1}{<scale>\,(<kappa>+1/<kappa>)}\begin{cases}e^{-<kappa>\,z}&z\ge 0\\e^{\,z/<kappa>}&z\lt 0\end{cases},\quad z=\frac{x-<location>}{<scale>}"
    )
    formulas = {
        "mean": r"<location>+<scale>\,\frac{1-<kappa>^2}{<kappa>}",
        "variance": r"<scale>^2\,\frac{1+<kappa>^4}{<kappa>^2}",
        "skewness": r"\frac{2(1-<kappa>^6)}{(1+<kappa>^4)^{3/2}}",
        "excess_kurtosis": r"\frac{6(1+<kappa>^8)}{(1+<kappa>^4)^2}",
        "entropy": r"1+\log\left(<scale>\,\frac{1+<kappa>^2}{<kappa>}\right)",
    }
    reference = "https://en.wikipedia.org/wiki/Asymmetric_Laplace_distribution"

    def _z(self, x: Array) -> Array:
        return (x - self.location) / self.scale

    def log_density(self, x: Array) -> Array:
        z = self._z(x)
        falling = -np.where(z < 0, -z / self.kappa, z * self.kappa)
        return falling + math.log(self.kappa) - float(log1p_square(self.kappa)) - math.log(self.scale)

    def log_below(self, x: Array) -> Array:
        return _log_left(self._z(x), self.kappa)

    def log_above(self, x: Array) -> Array:
        return _log_left(-self._z(x), 1 / self.kappa)

    def inverse(self, q: Array) -> Array:
        return self.location + self.scale * np.where(q < _left_share(self.kappa), _left(q, self.kappa), -_left(1 - q, 1 / self.kappa))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        values = rng.standard_exponential((n, 2)) @ np.array([1 / self.kappa, -self.kappa])
        values *= self.scale
        values += self.location
        return values

    def mean(self) -> float:
        return self.location + self.scale * (1 - self.kappa) * (1 + self.kappa) / self.kappa

    def variance(self) -> float:
        return self.scale**2 * (self.kappa**-2 + self.kappa**2)

    def skewness(self) -> float:
        k, sign = (self.kappa, 1) if self.kappa < 1 else (1 / self.kappa, -1)  # powers of what is below 1 do not overflow
        return sign * 2 * _gap(self.kappa) * (1 + k) * (1 + k**2 + k**4) / (1 + k**4) ** 1.5

    def excess_kurtosis(self) -> float:
        k = min(self.kappa, 1 / self.kappa)
        return 6 * (1 + k**8) / (1 + k**4) ** 2

    def entropy(self) -> float:
        return 1 + math.log(self.scale) + math.log(self.kappa + 1 / self.kappa)


def _gap(kappa: float) -> float:
    """Return 1 - min(kappa, 1 / kappa), without the rounding of 1 / kappa."""
    return 1 - kappa if kappa < 1 else (kappa - 1) / kappa


def _left_share(kappa: float) -> float:
    """Return the mass left of the peak, kappa^2 / (1 + kappa^2)."""
    return 1 / (1 + kappa**-2)


def _log_left(z: Array, kappa: float) -> Array:
    """Return log P(Z <= z); the right side is the mirror image with 1 / kappa."""
    left = z / kappa - float(log1p_square(1 / kappa))
    right = -z * kappa - float(log1p_square(kappa))
    return np.where(z < 0, left, np.log1p(-np.exp(right)))


def _left(q: Array, kappa: float) -> Array:
    """Return the quantile of q on the left of the peak: kappa log(q / share)."""
    share = _left_share(kappa)
    return kappa * np.where(q > 0.5 * share, np.log1p((q - share) / share), np.log(q / share))
