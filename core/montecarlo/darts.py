"""Darts on a quarter circle: the share that lands inside is π / 4, however the darts are thrown."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from core.montecarlo.averages import Z95
from core.montecarlo.intervals import Found, share_error, student, wilson
from core.montecarlo.throws import GENERATORS, ROUND, SETS, SIDE, THROWN, WORDS, Array, Volley
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

STOPS = 240  # numbers of darts at which the estimate is kept
SHOWN = 30_000  # darts that the picture shows, evenly thinned; the first 2,000 all
FIRST = 2_000
SIGMA = math.sqrt(math.pi * (4 - math.pi))  # standard deviation of a dart's 4 or 0
UPPER = 3.69  # what a Poisson law may have for a mean when nothing was seen (97.5 %)


@dataclass(frozen=True)
class Darts(Spec):
    """Darts on a square: the share that lands in the quarter circle is π / 4."""

    title = "Darts"
    n: int = param(1_000_000, "Darts", low=10, high=10_000_000, scale="log", bounds=(1, 20_000_000), help="How many darts are thrown.")
    generator: str = param(
        "random",
        "Thrown",
        choices=GENERATORS,
        labels=WORDS,
        help="At random; evenly (16 scramblings of a quasi-random sequence, whose spread is the error); two at random in each cell of a grid; "
        "or each with its mirror image.",
    )

    def used(self) -> int:
        """Return how many darts are thrown: n, rounded down to whole rounds."""
        each = ROUND[self.generator]
        return max(1, self.n // each) * each

    def run(self, seed: int) -> Iterator[Progress[Thrown]]:
        """Throw the darts round by round, and keep a tally at each stop."""
        each, total = ROUND[self.generator], self.used()
        stops = np.unique(np.geomspace(1, total // each, STOPS).round().astype(int))
        tallies, rows, done, before = [], [], 0, np.zeros(_width(self.generator), int)
        for volley in THROWN[self.generator](partial(stream, seed), total):
            rounds = len(volley.inside)
            here = stops[(stops > done) & (stops <= done + rounds)] - done
            counted = _tally(self.generator, volley.inside, here)
            tallies.extend(before + counted[:-1])
            rows.append(_kept(volley, done * each, total, self.generator == "random"))
            before, done = before + counted[-1], done + rounds
            last = [] if done in stops else [before]
            at = np.array([*stops[stops <= done], *([done] if last else [])])
            yield Progress(done * each, total, Thrown(self, at * each, np.array(tallies + last), pd.concat(rows, ignore_index=True)))


def _width(generator: str) -> int:
    return {1: 1, 2: 3, SETS: SETS}[ROUND[generator]]


def _tally(generator: str, inside: Array, stops: Array) -> Array:
    """Count what a volley adds up to each stop within it, and to its end: hits; pairs with 0, 1 and 2 hits; or hits of each scrambling."""
    ends = np.append(stops, len(inside))
    if ROUND[generator] == 2:
        both = inside.sum(axis=1)
        inside = both[:, None] == np.arange(3)
    starts = np.concatenate([[0], ends[:-1]])
    parts = [np.count_nonzero(inside[a:b], axis=0) for a, b in zip(starts, ends, strict=True)]
    return np.cumsum(parts, axis=0)


def _kept(volley: Volley, done: int, total: int, in_cells: bool) -> pd.DataFrame:
    """Return the darts that the picture shows: all of the first, then every so manyth."""
    stride = max(1, -(-(total - FIRST) // (SHOWN - FIRST)))
    number = np.arange(done, done + volley.inside.size)
    shown = np.flatnonzero((number < FIRST) | (number % stride == 0))
    x, y = (np.asarray(each).ravel()[shown].astype(float) for each in (volley.x, volley.y))
    if in_cells:
        x, y = (x + 0.5) / SIDE, (y + 0.5) / SIDE
    return pd.DataFrame({"dart": number[shown] + 1, "x": x, "y": y, "inside": volley.inside.ravel()[shown]})


# What came of it


@dataclass(frozen=True)
class Thrown:
    """Darts at `stops` (k,), and what each stop's error is made of: tallies (k, 1), (k, 3) or (k, 16). `shown`: darts for the picture."""

    spec: Darts
    stops: Array
    tallies: Array
    shown: pd.DataFrame

    def trace(self) -> tuple[Array, Array]:
        """Return numbers of darts and the estimates of π at them."""
        return self.stops, self.errors()[0]

    def errors(self) -> tuple[Array, Array, Array, Array]:
        """Return estimate, standard error, and the ends of the 95 % interval at every stop."""
        values = {1: _independent, 3: _pairs(self.spec), SETS: _sets}[self.tallies.shape[1]](self.stops, self.tallies)
        return tuple(4 * each for each in values)

    def found(self) -> Found:
        """Return the estimate of π of all darts."""
        return Found(*(float(each[-1]) for each in self.errors()), math.pi)

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        n, found = int(self.stops[-1]), self.found()
        gain = (SIGMA / found.standard_error) ** 2
        return {"darts": float(n)} | found.numbers() | {"error of as many random darts": SIGMA / math.sqrt(n), "random darts for this error": gain}

    def rows(self) -> pd.DataFrame:
        """Return the estimates as a table, a row a stop."""
        value, error, low, high = self.errors()
        return pd.DataFrame({"darts": self.stops, "estimate": value, "standard error": error, "low": low, "high": high})


def _independent(n: Array, tallies: Array) -> tuple[Array, Array, Array, Array]:
    """Return share, error and interval of independent darts."""
    return tallies[:, 0] / n, share_error(tallies[:, 0], n), *wilson(tallies[:, 0], n)


def _sets(n: Array, tallies: Array) -> tuple[Array, Array, Array, Array]:
    """Return the same of 16 scramblings: Student's interval of their 16 means; where all agree, the wider one of independent darts.

    The first dart of each scrambling is a random one: of those alone the interval is Wilson's.
    """
    shares = tallies / (n[:, None] / SETS)
    share, error = shares.mean(axis=1), shares.std(axis=1, ddof=1) / math.sqrt(SETS)
    of_sets = _spread(share, np.where(error > 0, error, share_error(tallies.sum(axis=1), n)), student(SETS - 1))
    return tuple(np.where(n == SETS, *each) for each in zip(_independent(n, tallies.sum(axis=1, keepdims=True)), of_sets, strict=True))


def _pairs(spec: Darts) -> Callable[[Array, Array], tuple[Array, Array, Array, Array]]:
    return _antithetic_error if spec.generator == "antithetic" else lambda n, tallies: _stratified_error(n, tallies, spec.used() // 2)


def _antithetic_error(n: Array, tallies: Array) -> tuple[Array, Array, Array, Array]:
    """Return the same of mirrored pairs: never do both miss, so a pair is one draw of two values, and its share of misses has Wilson's interval."""
    missed, pairs = tallies[:, 1], n / 2
    low, high = wilson(missed, pairs)
    return 1 - missed / pairs / 2, share_error(missed, pairs) / 2, 1 - high / 2, 1 - low / 2


def _stratified_error(n: Array, tallies: Array, cells: int) -> tuple[Array, Array, Array, Array]:
    """Return the same of two darts in each of the cells, seen so far in random order (two-stage sampling, Cochran 1977, section 10.3).

    At the end only the pairs that disagree are left: variance of the share = pairs that disagree / (4 cells²).
    """
    pairs, weights = n / 2, np.array([0.0, 0.5, 1.0])
    share = tallies @ weights / pairs
    between = np.maximum(tallies @ weights**2 / pairs - share**2, 0) * pairs / np.maximum(pairs - 1, 1)
    within = np.where(tallies[:, 1] > 0, tallies[:, 1], UPPER) / pairs / 2  # variance of a dart within its cell
    seen = pairs / cells
    error = np.sqrt((1 - seen) * between / pairs + seen * within / (2 * pairs))
    return _spread(share, error, Z95)


def _spread(share: Array, error: Array, reach: float) -> tuple[Array, Array, Array, Array]:
    return share, error, share - reach * error, share + reach * error
