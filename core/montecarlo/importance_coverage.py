"""Do the intervals hold? The same weighted estimate under many seeds, each with its 95 % interval."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.montecarlo.importance_expectation import KIND_WORDS, KINDS, Expectation, Weighing
from core.montecarlo.importance_theory import Theory
from core.montecarlo.intervals import Found, wilson
from core.montecarlo.weights import running
from core.params import param
from core.progress import Progress
from core.rng import stream

Array = np.ndarray
PROMISED = 0.95
REPORTS = 20
AT_ONCE = 4_000_000  # draws that measuring the intervals may take on the page
MOST = 400
MANY = 100_000  # draws of one estimate, above which its intervals are measured only when asked for


@dataclass(frozen=True)
class Coverage(Weighing):
    """The same estimate under many seeds: an interval is good if 95 % of such intervals hold the truth."""

    title = "Do the intervals hold?"
    n_repeats: int = param(400, "Repeats", low=20, high=2000, scale="log", bounds=(2, 2000), help="How many seeds are tried.")
    reported: str = param("plain", "Interval of", choices=KINDS, labels=KIND_WORDS, help="Which of both estimates has its interval checked.")

    def run(self, seed: int) -> Iterator[Progress[Covered]]:
        """Repeat after repeat: draw, and keep both estimates with their errors."""
        facts, ends = self.theory(), np.empty((self.n_repeats, 2, 4))
        step, stops = max(1, self.n_repeats // REPORTS), np.array([self.n])
        for i in range(self.n_repeats):
            _, logs, values = self.draw(stream(seed, f"repeat {i}"), self.n)
            both = running(logs, values, stops, (facts.low, facts.high))
            ends[i] = both.plain.last(), both.normalised.last()
            if (i + 1) % step == 0 or i + 1 == self.n_repeats:
                yield Progress(i + 1, self.n_repeats, Covered(self, ends[: i + 1].copy(), facts))


def check(spec: Expectation) -> Coverage | None:
    """Return the repeats that measure on the page how often an interval like that of a spec holds; None where that takes long."""
    if spec.n > MANY:
        return None
    n_repeats = min(AT_ONCE // spec.n, MOST)
    return Coverage(spec.target, spec.proposal, spec.f, spec.n, n_repeats, spec.reported)


@dataclass(frozen=True)
class Covered:
    """Value, standard error, low and high of either estimate in each repeat: ends (repeats, 2, 4)."""

    spec: Coverage
    ends: Array
    theory: Theory

    def of(self, kind: str = "") -> Array:
        """Return value, error, low and high of an estimate: (repeats, 4)."""
        return self.ends[:, KINDS.index(kind or self.spec.reported)]

    def holds(self, kind: str = "") -> Array:
        """Return which intervals hold the truth."""
        ends = self.of(kind)
        return (ends[:, 2] <= self.theory.mean) & (self.theory.mean <= ends[:, 3])

    def found(self, kind: str = "") -> Found:
        """Return the share of intervals that hold, beside the share promised; its standard error is that of a promise which is kept."""
        held, n = int(self.holds(kind).sum()), len(self.ends)
        low, high = wilson(held, n)
        return Found(held / n, math.sqrt(PROMISED * (1 - PROMISED) / n), float(low), float(high), PROMISED)

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        ends, other = self.of(), "normalised" if self.spec.reported == "plain" else "plain"
        exact = (self.theory.plain if self.spec.reported == "plain" else self.theory.normalised).sd / np.sqrt(self.spec.n)
        return (
            {"repeats": float(len(ends)), "draws each": float(self.spec.n), "truth of the mean": self.theory.mean}
            | {f"share that holds: {name}" if name == "estimate" else name: value for name, value in self.found().numbers().items()}
            | {f"share that holds, {dict(zip(KINDS, KIND_WORDS, strict=True))[other]}": self.found(other).value}
            | {"middle estimate": float(np.median(ends[:, 0])), "middle standard error": float(np.median(ends[:, 1])), "exact standard error": float(exact)}
        )

    def rows(self) -> pd.DataFrame:
        """Return a row a repeat."""
        value, error, low, high = self.of().T
        number = np.arange(1, len(value) + 1)
        return pd.DataFrame({"repeat": number, "estimate": value, "standard error": error, "low": low, "high": high, "holds": self.holds()})
