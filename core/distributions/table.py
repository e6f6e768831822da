"""Laws on so few whole numbers that all their masses fit into one table."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from core.distributions.base import Array
from core.distributions.lattice import Lattice
from core.distributions.special import log_complement


class TableLattice(Lattice):
    """Base of the laws with a finite support: both tails are sums of masses, added in logs from the far end.

    A member gives `support` and `log_mass(k)`. Sampling looks each uniform number up in the table.
    """

    @cached_property
    def _sums(self) -> tuple[Array, Array]:
        """Log P(X <= k) and log P(X > k) for every k; the thinner of the two is the sum, the other its complement."""
        with np.errstate(all="ignore"):
            log_p = self.log_mass(np.arange(self.support.low, self.support.high + 1.0))
            below = np.logaddexp.accumulate(log_p)
            above = np.append(np.logaddexp.accumulate(log_p[:0:-1])[::-1], -np.inf)
            thin = below < above
            return np.where(thin, below, log_complement(above)), np.where(thin, log_complement(below), above)

    @cached_property
    def _steps(self) -> Array:
        """The cumulative probabilities."""
        return np.exp(self._sums[0])

    def _place(self, k: Array) -> Array:
        return (k - self.support.low).astype(np.int64)

    def below(self, k: Array) -> Array:
        return self._steps[self._place(k)]

    def log_below(self, k: Array) -> Array:
        return self._sums[0][self._place(k)]

    def log_above(self, k: Array) -> Array:
        return self._sums[1][self._place(k)]

    def _search(self, q: Array) -> Array:
        return self.support.low + np.minimum(np.searchsorted(self._steps, q), len(self._steps) - 1)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return self._search(rng.random(n)).astype(np.int64)

    def entropy(self) -> float:
        return float(self._surprise(np.arange(self.support.low, self.support.high + 1.0)).sum())
