"""Inverse CDF: a uniform height goes across to the CDF and down to a value of any law."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.distributions import FAMILY
from core.distributions.base import Distribution
from core.distributions.explore import check_in_reach
from core.distributions.positive.exponential import Exponential
from core.montecarlo.direct_course import KOLMOGOROV, Course, gap, of_mean, of_median, stops_to
from core.montecarlo.intervals import Found
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

Array = np.ndarray
BLOCK = 1 << 14


@dataclass(frozen=True)
class Inverse(Spec):
    """A uniform height u meets the CDF above x = F⁻¹(u), the smallest x with F(x) ≥ u; that x is a draw, whatever the law.

    https://en.wikipedia.org/wiki/Inverse_transform_sampling
    """

    title = "Inverse CDF"
    dist: Distribution = param(Exponential(), "Law", family=lambda: FAMILY, help="Which law is drawn from.")
    estimate: str = param("mean", "Estimate", choices=("mean", "median"), labels=("mean", "median"), help="What is estimated from the draws.")
    n: int = param(1000, "Draws", low=10, high=100_000, scale="log", bounds=(1, 200_000), help="How many values are drawn.")

    def agree(self) -> None:
        """The law must be one that can be drawn."""
        check_in_reach(self.dist)

    def run(self, seed: int) -> Iterator[Progress[Inverted]]:
        """Draw block by block."""
        rng, heights, values = stream(seed, "heights"), np.empty(self.n), np.empty(self.n)
        for start in range(0, self.n, BLOCK):
            end = min(start + BLOCK, self.n)
            heights[start:end] = 1 - rng.random(end - start)  # never 0, which some laws have no value for
            values[start:end] = self.dist.quantile(np.minimum(heights[start:end], 1 - 2**-53))
            yield Progress(end, self.n, Inverted(self, heights[:end], values[:end]))


@dataclass(frozen=True)
class Inverted:
    """Uniform heights (n,) and the values (n,) below their places on the CDF."""

    spec: Inverse
    heights: Array
    values: Array

    def course(self) -> Course:
        """Return how the mean or the median settles."""
        stops, dist = stops_to(len(self.values)), self.spec.dist
        return of_mean(self.values, stops, dist.mean(), sd=dist.sd()) if self.spec.estimate == "mean" else of_median(self.values, stops, dist.median())

    def trace(self) -> tuple[Array, Array]:
        """Return numbers of draws and the estimates at them."""
        course = self.course()
        return course.stops, course.value

    def found(self) -> Found:
        """Return the estimate of all draws."""
        return self.course().found()

    def asked(self) -> str:
        """Return what is estimated, in words."""
        return f"{self.spec.estimate} of {self.spec.dist.title} draws"

    def checks(self) -> dict[str, Found]:
        """Return the mean and the variance beside the exact ones."""
        last, dist = np.array([len(self.values)]), self.spec.dist
        return {"mean": of_mean(self.values, last, dist.mean(), sd=dist.sd()).found()} | spread(self.values, dist)

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        n = len(self.values)
        largest = float(np.max(np.abs(self.values)) / max(float(np.abs(self.values).sum()), 1e-300))
        far = {"share of the largest draw in the sum of sizes": largest}
        return (
            {"draws": float(n)}
            | self.found().numbers()
            | {"largest gap to the CDF": gap(self.values, self.spec.dist), "95 % of gaps lie below": KOLMOGOROV / math.sqrt(n)}
            | far
        )

    def rows(self) -> pd.DataFrame:
        """Return the draws as a table: the height and the value."""
        return pd.DataFrame({"u": self.heights, "x": self.values})


def spread(x: Array, law: Distribution) -> dict[str, Found]:
    """Return the variance around the exact mean beside the exact one; nothing where there is none."""
    mean, variance = law.mean(), law.variance()
    if not (math.isfinite(mean) and math.isfinite(variance)):
        return {}
    sd = variance * math.sqrt(max(law.excess_kurtosis() + 2, 0.0)) if variance > 0 else 0.0  # of (X - mean)^2
    return {"variance": of_mean((x - mean) ** 2, np.array([len(x)]), variance, sd=sd).found()}
