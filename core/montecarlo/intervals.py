"""What an estimate is worth: its standard error and its 95 % interval, by the formula that fits how it was made."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.montecarlo.averages import Z95

Array = np.ndarray


@dataclass(frozen=True)
class Found:
    """An estimate beside its truth: standard error and 95 % interval."""

    value: float
    standard_error: float
    low: float
    high: float
    truth: float

    @property
    def z(self) -> float:
        """Return how many standard errors the estimate is away from the truth; nan where there is no finite one."""
        return (self.value - self.truth) / self.standard_error if math.isfinite(self.value) and 0 < self.standard_error < math.inf else math.nan

    @property
    def holds(self) -> bool:
        """Return whether the interval holds the truth."""
        return self.low <= self.truth <= self.high

    def numbers(self) -> dict[str, float]:
        """Return the numbers that the page shows first."""
        return {
            "estimate": self.value,
            "truth": self.truth,
            "standard error": self.standard_error,
            "z": self.z,
            "95 % interval, low": self.low,
            "95 % interval, high": self.high,
        }


def wilson(hits: Array, n: Array) -> tuple[Array, Array]:
    """Return the 95 % interval of a share from `hits` of `n` draws, which is honest at 0 and at n hits too.

    (p + z²/2n ± z √(p (1 - p)/n + z²/4n²)) / (1 + z²/n), Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953
    """
    hits, n = np.asarray(hits, float), np.asarray(n, float)
    share, room = hits / n, Z95**2 / n
    middle, half = share + room / 2, Z95 * np.sqrt(share * (1 - share) / n + room / (4 * n))
    low, high = (middle - half) / (1 + room), (middle + half) / (1 + room)
    return np.where(hits <= 0, 0.0, low), np.where(hits >= n, 1.0, high)  # without the last bit of rounding


def share_error(hits: Array, n: Array) -> Array:
    """Return the standard error of a share: √(p (1 - p)/n) of independent draws; never 0.

    Where all draws agree that formula says 0; there it is half of Wilson's interval over 1.96.
    """
    hits, n = np.asarray(hits, float), np.asarray(n, float)
    share = hits / n
    low, high = wilson(hits, n)
    return np.where((hits > 0) & (hits < n), np.sqrt(share * (1 - share) / n), (high - low) / (2 * Z95))


def student(degrees: float) -> float:
    """Return the 97.5 % quantile of Student's t law, which stands for 1.96 where the spread itself is estimated from few."""
    return float(special.stdtrit(degrees, 0.975))
