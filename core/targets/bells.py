"""What all targets made of round bells share: Hills on the line, and hills, grids and rings of hills in the plane."""

from __future__ import annotations

import math

import numpy as np

from core.targets.base import Array, Target

LOG_2PI = math.log(2 * math.pi)
SEEN = 4.0  # widths of a hill that a picture shows


class Bells(Target):
    """A mixture of round normal bells: p(x) = sum over k of p_k Normal(x; c_k, s_k^2 I), normalised.

    A member gives `bells`: shares that add to 1 (K,), centres (K, dim), widths (K,).
    """

    @property
    def bells(self) -> tuple[Array, Array, Array]:
        """Return shares (K,), centres (K, dim) and widths (K,)."""
        raise NotImplementedError

    @property
    def window(self) -> Array:
        _, centres, widths = self.bells
        reach = SEEN * widths[:, None]
        return np.stack([(centres - reach).min(axis=0), (centres + reach).max(axis=0)], axis=1)

    def _terms(self, x: Array) -> tuple[Array, Array]:
        """Return x - c_k (K, n, dim) and the log of each bell's part (K, n)."""
        shares, centres, widths = self.bells
        gaps = x - centres[:, None]
        logs = np.log(shares) - self.dim * (np.log(widths) + 0.5 * LOG_2PI)
        return gaps, logs[:, None] - 0.5 * np.square(gaps / widths[:, None, None]).sum(axis=2)

    def log_density(self, x: Array) -> Array:
        return np.logaddexp.reduce(self._terms(x)[1], axis=0)

    def slope(self, x: Array) -> Array:
        gaps, logs = self._terms(x)
        owned = np.exp(logs - logs.max(axis=0))
        owned /= owned.sum(axis=0)  # the share of each bell in the density there
        return np.einsum("kn,knd->nd", owned / -np.square(self.bells[2])[:, None], gaps)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Pick a bell for each point by its share, then draw from it."""
        shares, centres, widths = self.bells
        picks = np.searchsorted(np.cumsum(shares)[:-1], rng.random(n), side="right")
        return centres[picks] + widths[picks, None] * rng.standard_normal((n, self.dim))

    def mean(self) -> Array:
        shares, centres, _ = self.bells
        return shares @ centres

    def covariance(self) -> Array:
        shares, centres, widths = self.bells
        gaps = centres - self.mean()
        return np.einsum("k,ki,kj->ij", shares, gaps, gaps) + shares @ np.square(widths) * np.eye(self.dim)


def shared(weights: Array) -> Array:
    """Return weights as shares that add to 1.

    Raises:
        ValueError: when all are 0.
    """
    if not np.any(weights):
        raise ValueError(f"weights must not all be 0, got {len(weights)} zeros: try part.0.weight = 1")
    return weights / math.fsum(weights)
