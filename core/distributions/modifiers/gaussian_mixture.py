"""A mixture of normal laws."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import CEILING, FINITE, POSITIVE, Array
from core.distributions.continuous import Continuous, Look, bracketed, log_look
from core.distributions.normals import CENTRAL
from core.distributions.special import HALF_LOG_2PI, log_complement
from core.params import param
from core.spec import Spec

NODES, WEIGHTS = legendre.leggauss(20)
EDGES = np.array([0.0, 0.5, 1, 1.5, 2, 2.75, 3.5, 4.5, 6, 8, 11, 15, 20, 27, 38])  # of the panels, in standard deviations


@dataclass(frozen=True)
class Part(Spec):
    """One bell of a mixture, with the share of the mass that it holds."""

    weight: float = param(
        0.5,
        "Weight",
        low=0,
        high=1,
        step=0.01,
        bounds=(0, CEILING),
        symbol=r"w_k",
        help="How much of the mass this part holds, compared with the others; they need not add to 1.",
    )
    mean: float = param(0.0, "Mean", low=-5, high=5, step=0.1, bounds=FINITE, symbol=r"\mu_k", help="Where this part has its centre.")
    sd: float = param(1.0, "Standard deviation", low=0.2, high=5, step=0.05, bounds=POSITIVE, symbol=r"\sigma_k", help="How wide this part is.")


@dataclass(frozen=True)
class GaussianMixture(Continuous):
    """A crowd of several groups: pick a part by its weight, then draw from that part's bell.

    f(x) = sum over k of w_k Normal(x; mu_k, sigma_k), with weights that add to 1.
    https://en.wikipedia.org/wiki/Mixture_distribution
    """

    parts: tuple[Part, ...] = param(
        (Part(0.4, -2.0, 0.8), Part(0.6, 1.5, 1.2)), "Parts", least=1, most=8, singular="part", help="How many bells the mixture has."
    )

    title = "Gaussian mixture"
    ticks = 51
    story = "A crowd of several groups, such as the heights of children and adults together."
    use = (
        "Data with several peaks or hidden groups, and flexible density estimates. Choose the number of parts by BIC or a holdout, start from many "
        "points, and beware of a part that shrinks onto a single value."
    )
    density = r"\sum_k \frac{p_k}{\sigma_k\sqrt{2\pi}}\exp\left(-\frac{(x-\mu_k)^2}{2\sigma_k^2}\right),\quad p_k=\frac{w_k}{\sum_j w_j}"
    formulas = {
        "mean": r"m=\sum_k p_k\,\mu_k",
        "variance": r"s^2=\sum_k p_k\left(\sigma_k^2+d_k^2\right),\quad d_k=\mu_k-m",
        "skewness": r"\frac{1}{s^3}\sum_k p_k\left(d_k^3+3\,d_k\sigma_k^2\right)",
        "excess_kurtosis": r"\frac{1}{s^4}\sum_k p_k\left(d_k^4+6\,d_k^2\sigma_k^2+3\,\sigma_k^4\right)-3",
        "entropy": r"\text{by numerical integration}",
    }
    reference = "https://en.wikipedia.org/wiki/Mixture_distribution"

    def agree(self) -> None:
        if not any(part.weight for part in self.parts):
            raise ValueError(f"weights must not all be 0, got {len(self.parts)} zeros: try part.0.weight = 1")

    @cached_property
    def _columns(self) -> tuple[Array, Array, Array]:
        """Weights that add to 1, means and standard deviations of the parts that hold any mass."""
        kept = np.array([(part.weight, part.mean, part.sd) for part in self.parts if part.weight]).T
        return kept[0] / math.fsum(kept[0]), kept[1], kept[2]

    def _z(self, x: Array) -> Array:
        _, mean, sd = self._columns
        return (x[..., None] - mean) / sd  # (..., parts)

    def log_density(self, x: Array) -> Array:
        weight, _, sd = self._columns
        return _log_sum(np.log(weight / sd) - 0.5 * self._z(x) ** 2) - HALF_LOG_2PI

    def below(self, x: Array) -> Array:
        return special.ndtr(self._z(x)) @ self._columns[0]

    def sf(self, x: ArrayLike) -> Array:
        return self._inside(lambda x: special.ndtr(-self._z(x)) @ self._columns[0], x, 1.0, 0.0)

    def log_below(self, x: Array) -> Array:
        return self._log_side(self._z(x))

    def log_above(self, x: Array) -> Array:
        return self._log_side(-self._z(x))

    def _log_side(self, z: Array) -> Array:
        log_weight = np.log(self._columns[0])
        log_p = _log_sum(log_weight + special.log_ndtr(z))
        return np.where(log_p < -0.7, log_p, log_complement(_log_sum(log_weight + special.log_ndtr(-z))))

    def inverse(self, q: Array) -> Array:
        _, mean, sd = self._columns
        each = mean + sd * special.ndtri(q)[..., None]
        low, high = each.min(-1), each.max(-1)  # the quantile lies between those of the parts
        x = 0.5 * (low + high)
        if q.size and q.min() > CENTRAL and q.max() < 1 - CENTRAL:
            return bracketed(self._central_look(q), x, low, high)
        return bracketed(log_look(lambda x: (self.log_below(x), self.log_above(x)), self.log_density, q), x, low, high)

    def _central_look(self, q: Array) -> Look:
        """Look at plain probabilities, which is quicker and right where neither tail is thin."""
        weight, mean, sd = self._columns
        height = weight / sd / math.sqrt(2 * math.pi)

        def look(x: Array) -> tuple[Array, Array, Array]:
            z = (x[..., None] - mean) / sd
            gap = q - special.ndtr(z) @ weight
            return gap, gap / (np.exp(-0.5 * z * z) @ height), 1e-12 * q

        return look

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Draw all normal values first, then move each into a part that is picked by its weight."""
        weight, mean, sd = self._columns
        values = rng.standard_normal(n)
        picks = np.searchsorted(np.cumsum(weight)[:-1], rng.random(n), side="right")
        values *= sd[picks]
        values += mean[picks]
        return values

    def mean(self) -> float:
        weight, mean, _ = self._columns
        return float(weight @ mean)

    def _offsets(self) -> tuple[Array, Array, Array]:
        """Return weights, and centres and standard deviations in units of the standard deviation of the whole."""
        weight, mean, sd = self._columns
        return weight, (mean - self.mean()) / self.sd(), sd / self.sd()

    def variance(self) -> float:
        weight, mean, sd = self._columns
        return float(weight @ (sd**2 + (mean - self.mean()) ** 2))

    def skewness(self) -> float:
        weight, d, s = self._offsets()
        return float(weight @ (d**3 + 3 * d * s**2))

    def excess_kurtosis(self) -> float:
        weight, d, s = self._offsets()
        return float(weight @ (d**4 + 6 * d**2 * s**2 + 3 * s**4)) - 3

    def entropy(self) -> float:
        _, mean, sd = self._columns
        edges = np.unique(mean + sd * np.concatenate([-EDGES[:0:-1], EDGES])[:, None])
        half = 0.5 * np.diff(edges)[:, None]
        log_p = self.log_density(edges[:-1, None] + half * (NODES + 1))
        return float(-(half * WEIGHTS * np.exp(log_p) * log_p).sum())


def _log_sum(values: Array) -> Array:
    """Return log of the sum of exp(values) over the last axis."""
    top = values.max(-1)
    return top + np.log(np.exp(values - top[..., None]).sum(-1))
