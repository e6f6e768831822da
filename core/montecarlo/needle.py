"""Buffon's needle: how often a needle that falls on a floor of boards lies across a gap tells π."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.montecarlo.averages import Z95
from core.montecarlo.intervals import Found, share_error, wilson
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

Array = np.ndarray
BLOCK = 1 << 16
STOPS = 200
SHOWN = 200  # needles that the picture shows
WIDE = 6.0  # gaps that the floor of the picture is wide


@dataclass(frozen=True)
class Needle(Spec):
    """A needle falls on a floor of boards: it crosses 2 · length / (π · width) lines on average, whatever its length.

    Buffon (1777) counted whether it crosses; that is the same while it is no longer than a board is wide.
    Barbier (1860) saw that the number of crossings needs no such condition. https://en.wikipedia.org/wiki/Buffon%27s_needle_problem
    """

    title = "Buffon's needle"
    n: int = param(10_000, "Needles", low=10, high=1_000_000, scale="log", bounds=(1, 5_000_000), help="How many needles fall.")
    length: float = param(1.0, "Length", low=0.1, high=3, step=0.05, bounds=(0.01, 100), help="Length of the needle.")
    width: float = param(1.0, "Board width", low=0.2, high=3, step=0.05, bounds=(0.01, 100), help="Distance between two lines of the floor.")
    counted: str = param(
        "whether", "Counted", choices=("whether", "lines"), labels=("whether it crosses", "how many lines it crosses"), help="What is added up for each needle."
    )

    def run(self, seed: int) -> Iterator[Progress[Fallen]]:
        """Let the needles fall in blocks, and keep the sums at each stop."""
        rng = stream(seed, "needles")
        stops = np.unique(np.geomspace(1, self.n, STOPS).round().astype(int))
        sums, first, done, before = np.empty((0, 2)), np.empty((3, 0)), 0, np.zeros(2)
        while done < self.n:
            k = min(BLOCK, self.n - done)
            middle, across, along = fall(rng, k)
            lines = crossings(middle, along * self.length / self.width)
            counted = np.minimum(lines, 1) if self.counted == "whether" else lines
            totals = before[:, None] + np.cumsum([counted, counted**2], axis=1)  # (2, k)
            sums = np.concatenate([sums, totals[:, stops[(stops > done) & (stops <= done + k)] - done - 1].T])
            if first.shape[1] < SHOWN:
                first = np.concatenate([first, [middle, across, along]], axis=1)[:, :SHOWN]
            before, done = totals[:, -1], done + k
            here, extra = stops[stops <= done], [] if done in stops else [done]
            at, tallies = np.array([*here, *extra]), np.vstack([sums, before]) if extra else sums
            yield Progress(done, self.n, Fallen(self, at, tallies, first))


def fall(rng: np.random.Generator, n: int) -> tuple[Array, Array, Array]:
    """Let n needles fall: place of the middle between two lines in [0, 1), and direction (cosine, sine of the angle to the lines).

    The direction is that of a point drawn in the square and kept when it lies in the quarter disc: no π is used to find π.
    """
    middle, kept, have = rng.random(n), [], 0
    while have < n:
        points = rng.random((2, int(1.3 * (n - have)) + 8))
        squares = points[0] ** 2 + points[1] ** 2
        inside = (squares < 1) & (squares > 0)
        kept.append(points[:, inside] / np.sqrt(squares[inside]))
        have += kept[-1].shape[1]
    across, along = np.concatenate(kept, axis=1)[:, :n]
    return middle, across, along


def crossings(middle: Array, reach: Array) -> Array:
    """Return how many lines needles cross that span `reach` boards upwards around their middle."""
    return np.floor(middle + reach / 2) - np.floor(middle - reach / 2)


def mean_of_whether(length: float, width: float) -> float:
    """Return the probability that a needle crosses a line.

    2 l / (π w) up to l = w; beyond, (2/π) (acos(w/l) + (l/w) (1 - √(1 - (w/l)²))).
    """
    if length <= width:
        return 2 * length / (math.pi * width)
    ratio = width / length
    return 2 / math.pi * (math.acos(ratio) + (1 - math.sqrt(1 - ratio**2)) / ratio)


@dataclass(frozen=True)
class Fallen:
    """Sums of what was counted, and of its squares, at `stops`: (k, 2). `first`: middle, cosine and sine of the first needles (3, shown)."""

    spec: Needle
    stops: Array
    sums: Array
    first: Array

    def errors(self) -> tuple[Array, Array, Array, Array]:
        """Return estimate, standard error and interval of π at every stop: 2 l / w over the mean number of crossings.

        The interval is that of the mean, turned over; a share's is Wilson's. Without any crossing the estimate is infinite, and so is its error.
        """
        n, (total, squares), scale = self.stops, self.sums.T, 2 * self.spec.length / self.spec.width
        mean = total / n
        if self.spec.counted == "whether" or self.spec.length <= self.spec.width:
            error, (low, high) = share_error(total, n), wilson(total, n)
        else:
            spread = np.sqrt(np.maximum(squares / n - mean**2, 0) / np.maximum(n - 1, 1))
            error = np.where(spread > 0, spread, 1 / n)  # all alike so far: a crossing more or less
            low, high = np.maximum(mean - Z95 * error, 0), mean + Z95 * error
        with np.errstate(divide="ignore"):
            value = scale / mean
            return value, np.where(mean > 0, value * error / np.where(mean > 0, mean, 1), math.inf), scale / high, scale / low

    def trace(self) -> tuple[Array, Array]:
        """Return numbers of needles and the estimates of π at them."""
        return self.stops, self.errors()[0]

    def found(self) -> Found:
        """Return the estimate of π of all needles."""
        return Found(*(float(each[-1]) for each in self.errors()), math.pi)

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        spec, n = self.spec, int(self.stops[-1])
        expected = mean_of_whether(spec.length, spec.width) if spec.counted == "whether" else 2 * spec.length / (math.pi * spec.width)
        counts = {"counted for each needle": float(self.sums[-1, 0] / n), "exact mean of that": expected}
        return {"needles": float(n)} | self.found().numbers() | counts | {"what the formula tends to": 2 * spec.length / (spec.width * expected)}

    def rows(self) -> pd.DataFrame:
        """Return the estimates as a table, a row a stop."""
        value, error, low, high = self.errors()
        return pd.DataFrame({"needles": self.stops, "counted": self.sums[:, 0], "estimate": value, "standard error": error, "low": low, "high": high})
