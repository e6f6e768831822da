"""The multinomial law on the triangular lattice."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import CEILING, Array
from core.distributions.discrete.binomial import Binomial
from core.distributions.multivariate.base import Multivariate
from core.distributions.multivariate.shares import CORNERS, log_multinomial
from core.params import param

MOST_TRIALS = 200  # more outcomes than a picture can show as discs


def _weight(corner: str, default: float) -> Any:
    return param(
        default,
        f"Weight of {corner}",
        low=0,
        high=1,
        step=0.02,
        bounds=(0, CEILING),
        symbol=f"w_{corner}",
        help=f"How likely {corner} is, compared with the other two; the three need not add to 1.",
    )


@dataclass(frozen=True)
class Multinomial(Multivariate):
    """How often each of three faces shows when a die is thrown n times; how n voters split among three parties.

    P(i, j, k) = n! / (i! j! k!) pa^i pb^j pc^k for i + j + k = n, with p each weight over the sum of the weights.
    https://en.wikipedia.org/wiki/Multinomial_distribution
    """

    n: int = param(12, "Trials", low=1, high=40, bounds=(1, MOST_TRIALS), symbol="n", help="How often the die is thrown.")
    weight_a: float = _weight("a", 0.5)
    weight_b: float = _weight("b", 0.3)
    weight_c: float = _weight("c", 0.2)

    title = "Multinomial"
    story = "How often each of three faces shows when a die is thrown a number of times."
    columns = CORNERS
    discrete = True
    lead = "n"
    n_normals = MOST_TRIALS
    density = (
        r"\begin{gathered}\frac{<n>!}{i!\,j!\,k!}\;p_a^{\,i}\,p_b^{\,j}\,p_c^{\,k},\quad i+j+k=<n>\\[4pt]"
        r"p_a=\frac{<weight_a>}{<weight_a>+<weight_b>+<weight_c>},\ \dots\end{gathered}"
    )
    reference = "https://en.wikipedia.org/wiki/Multinomial_distribution"

    def agree(self) -> None:
        """Some face must be possible."""
        if not (self.weight_a or self.weight_b or self.weight_c):
            raise ValueError("the weights must not all be 0, got 0, 0, 0: try weight_a = 1")

    @cached_property
    def shares(self) -> Array:
        """The weights, made to add to 1."""
        weights = np.array([self.weight_a, self.weight_b, self.weight_c])
        return weights / math.fsum(weights)

    @cached_property
    def lattice(self) -> Array:
        """Every outcome: ((n + 1)(n + 2) / 2, 3)."""
        i, j = (each.ravel() for each in np.indices((self.n + 1, self.n + 1)))
        keep = i + j <= self.n
        return np.stack([i[keep], j[keep], self.n - i[keep] - j[keep]], axis=-1)

    def log_prob(self, x: ArrayLike) -> Array:
        k = np.asarray(x, float)
        outside = (k < 0).any(axis=-1) | (k != np.round(k)).any(axis=-1) | (k.sum(axis=-1) != self.n)
        safe = np.where(outside[..., None] | np.isnan(k), [self.n, 0, 0], k)
        with np.errstate(all="ignore"):
            values = np.where(((safe > 0) & (self.shares == 0)).any(axis=-1), -math.inf, log_multinomial(safe, self.shares))
        return np.where(np.isnan(k).any(axis=-1), math.nan, np.where(outside, -math.inf, values))[()]

    def push(self, z: Array) -> Array:
        """Throw each die by a normal of its own: under other weights few dice change their face, and one more trial adds one die."""
        edges = special.ndtri(np.minimum(np.cumsum(self.shares[:2]), 1.0))
        dice = z[:, : self.n]
        first, second = (np.count_nonzero(dice < edge, axis=1) for edge in edges)
        return np.stack([first, second - first, self.n - second], axis=-1)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.multinomial(self.n, self.shares, n)

    def mean(self) -> Array:
        return self.n * self.shares

    def covariance(self) -> Array:
        return self.n * (np.diag(self.shares) - np.outer(self.shares, self.shares))

    def cumulants(self) -> Array:
        p, same = self.shares, np.eye(3, dtype=bool)
        apart = np.outer(p, p)
        one = p * (1 - p)
        return self.n * np.where(same, np.diag(one * (1 - 6 * one)), -apart * (1 - 2 * np.add.outer(p, p) + 6 * apart))

    def marginals(self) -> tuple[Binomial, ...]:
        return tuple(Binomial(self.n, float(p)) for p in self.shares)

    def correlation(self) -> float:
        """Return the correlation of the counts of a and b, -sqrt(pa pb / ((1 - pa)(1 - pb))); nan where a count cannot vary."""
        pa, pb = self.shares[:2]
        return -math.sqrt(pa * pb / ((1 - pa) * (1 - pb))) if 0 < pa < 1 and 0 < pb < 1 else math.nan
