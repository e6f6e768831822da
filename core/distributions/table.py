"""Laws on so few whole numbers that all their masses fit into one table."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from core.distributions.base import Array
from core.distributions.lattice import Lattice
from core.distributions.special import log_complement


class TableLattice(Lattice):
    """Base of the laws with a finite support: both tails are sums of masses, added in logs from the far end.

    A member gives `support` and `log_masses(k)`, which is asked once. Sampling looks each uniform number up in the table.
    """

    def log_masses(self, k: Array) -> Array:
        """Return log P(X = k) for all k of the support."""
        raise NotImplementedError

    @cached_property
    def _log_p(self) -> Array:
        with np.errstate(all="ignore"):
            log_p = np.asarray(self.log_masses(np.arange(self.support.low, self.support.high + 1.0)), float)
            top = int(np.argmax(log_p))
            if log_p[top] > -0.5 and len(log_p) > 1:  # nearly all the mass in one place: what is not elsewhere
                log_p[top] = log_complement(np.logaddexp.reduce(np.delete(log_p, top)))
            return log_p

    @cached_property
    def _sums(self) -> tuple[Array, Array]:
        """Log P(X <= k) and log P(X > k) for every k; the thinner of the two is the sum, the other its complement."""
        with np.errstate(all="ignore"):
            log_p = self._log_p
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

    def log_mass(self, k: Array) -> Array:
        return self._log_p[self._place(k)]

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
        log_p = self._log_p[self._log_p > -np.inf]
        return float(-(np.exp(log_p) * log_p).sum())
