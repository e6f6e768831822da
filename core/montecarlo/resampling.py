"""Resampling: weighted points become equal ones, heavy points several times and light ones not at all."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import special

from core.montecarlo.importance_expectation import Weighed, Weighing
from core.montecarlo.intervals import Found, student
from core.montecarlo.weights import ess, shares
from core.params import param
from core.progress import Progress
from core.rng import stream

Array = np.ndarray
METHODS = ("multinomial", "systematic")


def multinomial(rng: np.random.Generator, weights: Array, m: int) -> Array:
    """Draw m places (m,) independently, each with the probability of its share."""
    return np.minimum(np.searchsorted(np.cumsum(weights), rng.random(m) * weights.sum(), side="right"), len(weights) - 1)


def systematic(rng: np.random.Generator, weights: Array, m: int) -> Array:
    """Draw m places (m,) by a comb of m equal steps that is shifted at random: a share s is taken ⌊ms⌋ or ⌈ms⌉ times."""
    comb = (np.arange(m) + rng.random()) / m
    return np.minimum(np.searchsorted(np.cumsum(weights) / weights.sum(), comb, side="right"), len(weights) - 1)


def survivors(weights: Array, m: int, method: str) -> float:
    """Return how many distinct points are expected among m: Σ 1 - (1 - s)^m, or, with the comb, Σ min(1, m s)."""
    return float(np.sum(-np.expm1(m * np.log1p(-np.minimum(weights, 1 - 1e-16))) if method == "multinomial" else np.minimum(1, m * weights)))


@dataclass(frozen=True)
class Resample(Weighing):
    """Weighted draws become equal ones, by drawing from them in proportion to their weights (SIR).

    Rubin (1987); Gordon, Salmond and Smith (1993); Douc and Cappé (2005), https://arxiv.org/abs/cs/0507025
    """

    title = "Resampling"
    m: int = param(1000, "Points kept", low=10, high=100_000, scale="log", bounds=(2, 200_000), help="How many equal points are drawn from the weighted ones.")
    method: str = param(
        "multinomial", "Method", choices=METHODS, help="Each point drawn by itself, or all by one comb with equal steps along the points in order."
    )

    def run(self, seed: int) -> Iterator[Progress[Resampled]]:
        """Draw and weigh, then draw from what was drawn."""
        x, logs, values = self.draw(stream(seed, "proposal"), self.n)
        order = np.argsort(x)  # along the line, so that neighbours share the teeth of a comb
        drawn = Weighed(self, x[order], logs[order], values[order])
        held = shares(drawn.log_weights)
        pick = {"multinomial": multinomial, "systematic": systematic}[self.method]
        kept = pick(stream(seed, "resampling"), held, self.m) if np.isfinite(held).all() else np.empty(0, int)
        yield Progress(1, 1, Resampled(self, drawn, kept))


@dataclass(frozen=True)
class Resampled:
    """Weighted draws in order of x, and the places (m,) of those that were kept; none where no draw has any weight."""

    spec: Resample
    drawn: Weighed
    kept: Array

    @cached_property
    def copies(self) -> Array:
        """How often each draw was kept (n,)."""
        return np.bincount(self.kept, minlength=self.drawn.n)

    def distinct(self) -> int:
        """Return how many distinct draws survive."""
        return int(np.count_nonzero(self.copies))

    def distance(self, weights: Array) -> float:
        """Return the largest gap between the weighted points' distribution function and the target's (Kolmogorov and Smirnov)."""
        climbs = np.cumsum(weights) / np.sum(weights) if np.sum(weights) > 0 else np.full(self.drawn.n, math.nan)
        exact = self.spec.law.cdf(self.drawn.x)
        return float(np.max(np.maximum(np.abs(climbs - exact), np.abs(np.append(0.0, climbs[:-1]) - exact))))

    def found(self) -> Found:
        """Return the mean of f over the points kept.

        Its variance is that of the self-normalised estimate, plus the weighted variance of f over m where the points are drawn one by
        one. The comb goes along the line and adds next to nothing while f is smooth.
        """
        values, before = self.drawn.values[self.kept], self.drawn.found("normalised")
        if not len(values):
            return Found(math.nan, math.inf, -math.inf, math.inf, before.truth)
        added = float(np.var(values)) / len(values) if self.spec.method == "multinomial" else 0.0
        error = math.hypot(before.standard_error, math.sqrt(added))
        value, half = float(values.mean()), student(min(self.drawn.n, len(values)) - 1) * error
        return Found(value, error, value - half, value + half, before.truth)

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        held, m = shares(self.drawn.log_weights), self.spec.m
        before = self.drawn.found("normalised")
        return (
            {"weighted draws": float(self.drawn.n), "points kept": float(len(self.kept)), "distinct points": float(self.distinct())}
            | {"expected distinct points": survivors(held, m, self.spec.method), "most copies of one": float(self.copies.max())}
            | self.found().numbers()
            | {"before resampling: estimate": before.value, "before resampling: standard error": before.standard_error}
            | {"effective draws": ess(self.drawn.log_weights), "distance to the target": self.distance(self.copies.astype(float))}
            | {"distance before resampling": self.distance(held), "distance of as many perfect draws": float(special.kolmogi(0.5)) / math.sqrt(m)}
        )

    def rows(self) -> pd.DataFrame:
        """Return a row a weighted draw, with how often it was kept."""
        return self.drawn.rows().assign(copies=self.copies)
