"""The generalized normal law."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import FINITE, POSITIVE, Array
from core.distributions.continuous import Continuous
from core.distributions.special import log_complement
from core.distributions.tails import log_gamma_tails
from core.params import param

NOTHING = -38.0  # an exponent this far below 0 has left its second term behind
FLAT = 200.0  # SciPy's inverse of the incomplete gamma function serves for shapes up to here


@dataclass(frozen=True)
class GeneralizedNormal(Continuous):
    """A bell whose exponent need not be 2: Laplace's peak at 1, the normal bell at 2, a box far above.

    f(x) = power exp(-|z|^power) / (2 scale Gamma(1 / power)) with z = (x - mu) / scale.
    https://en.wikipedia.org/wiki/Generalized_normal_distribution
    """

    mu: float = param(0.0, "Location", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"\mu", help="The centre: mean and median.")
    scale: float = param(1.0, "Scale", low=0.2, high=5, step=0.05, bounds=POSITIVE, symbol=r"\alpha", help="The width of the bulk.")
    power: float = param(
        1.5,
        "Power",
        low=1,
        high=10,
        scale="log",
        bounds=POSITIVE,
        symbol=r"\beta",
        help="At 1 Laplace's law, at 2 the normal one, between them a rounded peak, far above 2 nearly a box.",
    )

    title = "Generalized normal"
    story = "A bell whose tails may be chosen heavier or lighter than the normal law's, such as the noise of a picture."
    use = (
        "Symmetric errors when you want the data to say how heavy the tails are: power 1 is Laplace, 2 is normal, large powers are nearly flat. All "
        "its tails fall exponentially; for power-law tails take Student's t."
    )
    density = r"\frac{<power>}{2\,<scale>\,\Gamma(1/<power>)}\,\exp\left(-\left|\frac{x-<mu>}{<scale>}\right|^{<power>}\right)"
    formulas = {
        "mean": r"<mu>",
        "variance": r"<scale>^2\,\frac{\Gamma(3/<power>)}{\Gamma(1/<power>)}",
        "skewness": r"0",
        "excess_kurtosis": r"\frac{\Gamma(5/<power>)\,\Gamma(1/<power>)}{\Gamma(3/<power>)^2}-3",
        "entropy": r"\frac{1}{<power>}+\log\left(2\,<scale>\,\Gamma\left(1+\tfrac{1}{<power>}\right)\right)",
    }
    reference = "https://en.wikipedia.org/wiki/Generalized_normal_distribution"

    def _z(self, x: Array) -> Array:
        return (x - self.mu) / self.scale

    def _log_width(self) -> float:
        """Return log(2 Gamma(1 + 1 / power)), the width of a box as high as the peak."""
        return math.log(2) + float(special.gammaln(1 + 1 / self.power))

    def log_density(self, x: Array) -> Array:
        return -(np.abs(self._z(x)) ** self.power) - self._log_width() - math.log(self.scale)

    def _log_thin(self, distance: Array) -> Array:
        """Return log P(Z > distance), for a distance of at least 0: half of an incomplete gamma function."""
        log_t = self.power * np.log(distance)
        outer = log_gamma_tails(1 / self.power, np.exp(log_t))[1]
        box = np.log(distance) + math.log(2) - self._log_width()  # near the centre the density is flat
        return np.where(log_t < NOTHING, np.log1p(-np.exp(np.minimum(box, 0.0))), outer) - math.log(2)

    def _log_left(self, z: Array) -> Array:
        thin = self._log_thin(np.abs(z))
        return np.where(z < 0, thin, log_complement(thin))

    def _plain_left(self, z: Array) -> Array:
        """Return P(Z <= z), asking SciPy for the incomplete gamma function that is quick."""
        shape = 1 / self.power
        if not 0.05 < shape < 50:
            return np.exp(self._log_left(z))
        t = np.abs(z) ** self.power
        near = t < shape + 0.5
        thin = np.empty_like(t)
        thin[near] = 0.5 * (1 - special.gammainc(shape, t[near]))
        thin[~near] = 0.5 * special.gammaincc(shape, t[~near])
        return np.where(z < 0, thin, 1 - thin)

    def below(self, x: Array) -> Array:
        return self._plain_left(self._z(x))

    def sf(self, x: ArrayLike) -> Array:
        return self._inside(lambda x: self._plain_left(-self._z(x)), x, 1.0, 0.0)

    def log_below(self, x: Array) -> Array:
        return self._log_left(self._z(x))

    def log_above(self, x: Array) -> Array:
        return self._log_left(-self._z(x))

    def inverse(self, q: Array) -> Array:
        shape, thin = 1 / self.power, np.minimum(q, 1 - q)
        t = np.where(thin < 0.25, special.gammainccinv(shape, 2 * thin), special.gammaincinv(shape, 1 - 2 * thin))
        box = 0.5 * (1 - 2 * thin) * math.exp(min(self._log_width(), 700.0))
        distance = np.where(t < math.exp(NOTHING), box, t**shape)
        x = self.mu + self.scale * np.where(q < 0.5, -distance, distance)
        return x if shape < FLAT else self.polish(x, q)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Draw a uniform value on a stretch whose length is a power of a gamma value; two exponential ones give the uniform."""
        draws = rng.standard_gamma((1 + 1 / self.power, 1.0, 1.0), (n, 3))
        values = (draws[:, 1] - draws[:, 2]) / (draws[:, 1] + draws[:, 2])
        with np.errstate(over="ignore"):
            values *= draws[:, 0] ** (1 / self.power)
        values *= self.scale
        values += self.mu
        return values

    def mean(self) -> float:
        return self.mu

    def _log_moment(self, order: int) -> float:
        """Return log E |Z|^order."""
        return float(special.gammaln(1 + (order + 1) / self.power)) - math.log(order + 1) - float(special.gammaln(1 + 1 / self.power))

    def variance(self) -> float:
        with np.errstate(over="ignore"):
            return self.scale**2 * float(np.exp(self._log_moment(2)))

    def skewness(self) -> float:
        return 0.0

    def excess_kurtosis(self) -> float:
        with np.errstate(over="ignore"):
            return 3 * float(np.expm1(self._log_moment(4) - 2 * self._log_moment(2) - math.log(3)))

    def entropy(self) -> float:
        return 1 / self.power + self._log_width() + math.log(self.scale)
