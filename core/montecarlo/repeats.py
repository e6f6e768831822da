"""The same darts under many seeds: do 95 % of the intervals hold π?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from core.montecarlo.averages import Z95
from core.montecarlo.intervals import Found, share_error, wilson
from core.montecarlo.throws import hits
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

Array = np.ndarray
REPORTS = 20


@dataclass(frozen=True)
class Repeats(Spec):
    """The same number of darts under many seeds: an interval is good if 95 % of such intervals hold π."""

    title = "Repeats"
    n: int = param(1000, "Darts each", low=5, high=100_000, scale="log", bounds=(1, 100_000), help="How many darts each repeat throws.")
    n_repeats: int = param(200, "Repeats", low=20, high=2000, scale="log", bounds=(2, 2000), help="How many seeds are tried.")
    interval: str = param(
        "wilson",
        "Interval",
        choices=("wilson", "plain"),
        labels=("Wilson", "estimate ± 1.96 standard errors"),
        help="Wilson's interval, or the textbook's first one, which has no width when all darts agree.",
    )

    def ends(self, counts: Array) -> tuple[Array, Array]:
        """Return the ends of the intervals for π that belong to counts of hits."""
        if self.interval == "wilson":
            low, high = wilson(counts, np.full(np.shape(counts), self.n))
            return 4 * low, 4 * high
        share = np.asarray(counts) / self.n
        half = Z95 * np.sqrt(share * (1 - share) / self.n)
        return 4 * (share - half), 4 * (share + half)

    def exact(self) -> float:
        """Return with which probability an interval of this kind holds π: the sum over all counts of hits whose interval does."""
        counts, p = np.arange(self.n + 1), math.pi / 4
        low, high = self.ends(counts)
        kept = counts[(low <= math.pi) & (math.pi <= high)]
        logs = special.gammaln(self.n + 1) - special.gammaln(kept + 1) - special.gammaln(self.n - kept + 1)
        return float(np.exp(logs + kept * math.log(p) + (self.n - kept) * math.log1p(-p)).sum())

    def run(self, seed: int) -> Iterator[Progress[Repeated]]:
        """Throw repeat after repeat."""
        counts = np.empty(self.n_repeats, int)
        step = max(1, self.n_repeats // REPORTS)
        for i in range(self.n_repeats):
            counts[i] = hits(stream(seed, f"repeat {i}"), self.n)
            if (i + 1) % step == 0 or i + 1 == self.n_repeats:
                yield Progress(i + 1, self.n_repeats, Repeated(self, counts[: i + 1].copy()))


@dataclass(frozen=True)
class Repeated:
    """Hits of each repeat: counts (repeats,)."""

    spec: Repeats
    counts: Array

    def ends(self) -> tuple[Array, Array]:
        """Return the ends of all intervals."""
        return self.spec.ends(self.counts)

    def holds(self) -> Array:
        """Return which intervals hold π."""
        low, high = self.ends()
        return (low <= math.pi) & (math.pi <= high)

    def found(self) -> Found:
        """Return the share of intervals that hold, beside the exact one."""
        held, n = int(self.holds().sum()), len(self.counts)
        low, high = wilson(held, n)
        return Found(held / n, float(share_error(held, n)), float(low), float(high), self.spec.exact())

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        low, high = self.ends()
        return (
            {"repeats": float(len(self.counts)), "intervals that hold π": float(self.holds().sum())}
            | self.found().numbers()
            | {
                "share promised": 0.95,
                "mean width of an interval": float(np.mean(high - low)),
                "intervals without any width": float(np.count_nonzero(high <= low)),
            }
        )

    def rows(self) -> pd.DataFrame:
        """Return a row a repeat."""
        low, high = self.ends()
        return pd.DataFrame({"repeat": np.arange(1, len(low) + 1), "hits": self.counts, "low": low, "high": high, "holds": self.holds()})
