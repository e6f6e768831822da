"""The Dirichlet law on the triangle."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import Array
from core.distributions.bounded.beta import Beta
from core.distributions.multivariate.base import Multivariate, gamma_quantile
from core.distributions.multivariate.shares import CORNERS, log_factorial_error, log_multinomial
from core.params import param

CLOSE = 1e-9  # how far from 1 the sum of three shares may be
UNDERFLOW = 1e-200  # below this a gamma quantile is taken from its power law


def _weight(corner: str) -> Any:
    return param(
        2.0,
        f"Concentration of {corner}",
        low=0.3,
        high=20,
        scale="log",
        bounds=(1e-3, 1e6),
        symbol=rf"\alpha_{corner}",
        help=f"Draws the mass towards corner {corner}; below 1 towards the edge across from it as well.",
    )


@dataclass(frozen=True)
class Dirichlet(Multivariate):
    """Three shares of a whole: votes for three parties, a recipe, a belief about a loaded die with three faces.

    f(a, b, c) = G(A) / (G(alpha_a) G(alpha_b) G(alpha_c)) a^(alpha_a - 1) b^(alpha_b - 1) c^(alpha_c - 1) with A the sum of the
    concentrations and G the gamma function, as a density over (a, b), for a + b + c = 1. On an edge it is what the formula says: 0,
    infinite, or finite; nan in a corner where one factor is 0 and another infinite.
    https://en.wikipedia.org/wiki/Dirichlet_distribution
    """

    a: float = _weight("a")
    b: float = _weight("b")
    c: float = _weight("c")

    title = "Dirichlet"
    story = "Three shares of a whole, such as votes for three parties; a belief about a loaded die."
    columns = CORNERS
    lead = "a"
    n_normals = 3
    density = (
        r"\begin{gathered}\frac{\Gamma(<a>+<b>+<c>)}{\Gamma(<a>)\,\Gamma(<b>)\,\Gamma(<c>)}\;a^{<a>-1}\,b^{<b>-1}\,c^{<c>-1}\\[4pt]"
        r"a+b+c=1\end{gathered}"
    )
    reference = "https://en.wikipedia.org/wiki/Dirichlet_distribution"

    @cached_property
    def weights(self) -> Array:
        """The three concentrations."""
        return np.array([self.a, self.b, self.c])

    @property
    def total(self) -> float:
        """Return A, the sum of the concentrations: the larger, the closer draws lie together."""
        return math.fsum((self.a, self.b, self.c))

    def log_prob(self, x: ArrayLike) -> Array:
        x, weights = np.asarray(x, float), self.weights
        outside = (x < 0).any(axis=-1) | ~(np.abs(x.sum(axis=-1) - 1) <= CLOSE)
        safe = np.where(outside[..., None] | np.isnan(x), 1 / 3, x)
        with np.errstate(all="ignore"):
            inside = log_multinomial(weights, safe) + np.log(weights / safe).sum(axis=-1) - math.log(self.total)
            values = np.where((safe == 0).any(axis=-1), self._on_edge(safe), inside)
        return np.where(np.isnan(x).any(axis=-1), math.nan, np.where(outside, -math.inf, values))[()]

    def _on_edge(self, x: Array) -> Array:
        """Return the log density where a share is 0: by the plain formula, whose factors may be 0 or infinite there."""
        weights, total = self.weights, self.total
        scale = log_factorial_error(total) - math.log(total) + (np.log(weights) - log_factorial_error(weights) - weights * np.log(weights / total)).sum()
        return scale + special.xlogy(weights - 1, x).sum(axis=-1)

    def push(self, z: Array) -> Array:
        logs = np.stack([log_gamma_quantile(weight, z[:, i]) for i, weight in enumerate(self.weights)], axis=-1)
        return special.softmax(logs, axis=-1)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.dirichlet(self.weights, n)

    def mean(self) -> Array:
        return self.weights / self.total

    def covariance(self) -> Array:
        mean, total = self.mean(), self.total
        others = np.array([self.b + self.c, self.c + self.a, self.a + self.b]) / total  # 1 - mean, with all its digits
        return (np.diag(mean * others) - (np.outer(mean, mean) - np.diag(mean**2))) / (total + 1)

    def cumulants(self) -> Array:
        weights = [Fraction(float(weight)) for weight in self.weights]  # exact: central moments of narrow laws cancel nearly all digits
        return np.array([[float(_cumulant(weights, i, j)) for j in range(3)] for i in range(3)])

    def marginals(self) -> tuple[Beta, Beta, Beta]:
        return Beta(self.a, self.b + self.c), Beta(self.b, self.c + self.a), Beta(self.c, self.a + self.b)

    def correlation(self) -> float:
        """Return the correlation of a and b, -sqrt(alpha_a alpha_b / ((A - alpha_a) (A - alpha_b)))."""
        return -math.sqrt(self.a / (self.b + self.c) * (self.b / (self.c + self.a)))


def log_gamma_quantile(shape: float, z: Array) -> Array:
    """Return the log of the gamma quantile at the probability of a standard normal z; also where the quantile underflows."""
    x = gamma_quantile(shape, z)
    with np.errstate(divide="ignore"):
        return np.where(x > UNDERFLOW, np.log(x), (special.log_ndtr(z) + special.gammaln(shape + 1)) / shape)


def _rising(x: Fraction, power: int) -> Fraction:
    return math.prod((x + k for k in range(power)), start=Fraction(1))


def _cumulant(weights: list[Fraction], i: int, j: int) -> Fraction:
    """Return k(i, i, j, j) from the raw moments E xi^p xj^q = (alpha_i)_p (alpha_j)_q / (A)_(p + q), of rising powers."""
    total = sum(weights)
    mean = [weight / total for weight in weights]

    def raw(p: int, q: int) -> Fraction:
        top = _rising(weights[i], p + q) if i == j else _rising(weights[i], p) * _rising(weights[j], q)
        return top / _rising(total, p + q)

    def central(p: int, q: int) -> Fraction:
        terms = ((k, m) for k in range(p + 1) for m in range(q + 1))
        return sum(math.comb(p, k) * math.comb(q, m) * (-mean[i]) ** (p - k) * (-mean[j]) ** (q - m) * raw(k, m) for k, m in terms)

    return central(2, 2) - central(2, 0) * central(0, 2) - 2 * central(1, 1) ** 2
