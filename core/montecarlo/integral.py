"""Any integral of a typed formula over a box: the mean of its values at random points, times the volume of the box."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import special

from core.formula import parse
from core.formula.nodes import CONDITIONS, Node
from core.knobs import Word
from core.montecarlo.intervals import Found, share_error, student, wilson
from core.montecarlo.pareto import psis
from core.montecarlo.quasi import halton, sobol
from core.montecarlo.reference import VARIABLES, probed, reference
from core.montecarlo.throws import SETS
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

Array = np.ndarray
STOPS = 200
BLOCK = 1 << 15
SHOWN = 6_000
KEPT = 100_000  # values from which the tail is judged
MOST = 1e100  # of |f| times the volume of the box, so that squares are finite
CLEAR, SURE = 0.1, 1e-9  # of the standard error, or of itself: how far the reference may be in doubt
ROUND = {"random": 1, "sobol": SETS, "halton": SETS, "antithetic": 2}
POINTS = {"sobol": sobol, "halton": halton}


@dataclass(frozen=True)
class FunctionWord(Word):
    """A typed function of up to three variables: blanks do not matter."""

    def check(self, name: str, value: object) -> str:
        """Return the text with single blanks, if it is a formula."""
        text = super().check(name, " ".join(value.split()) if isinstance(value, str) else value)
        parse(text, VARIABLES, name)
        return text


def _edge(default: float, label: str) -> float:
    return param(default, label, low=-10.0, high=10.0, step=0.1, bounds=(-1e9, 1e9), help="An end of the box.")


@dataclass(frozen=True)
class Integral(Spec):
    """The mean of a function at random points of a box, times the volume of the box, is its integral, in however many dimensions."""

    title = "Any integral"
    f: str = field(
        default="4 sqrt(1 - x^2)",
        metadata={"param": FunctionWord("4 sqrt(1 - x^2)", "Function", "Of x, of x and y, or of x, y and z; such as exp(-x^2) or [x + y < 1].", length=200)},
    )
    d: int = param(1, "Variables", low=1, high=3, step=1, bounds=(1, 3), help="1: x. 2: x and y. 3: x, y and z.")
    x_low: float = _edge(0.0, "x from")
    x_high: float = _edge(1.0, "x to")
    y_low: float = _edge(0.0, "y from")
    y_high: float = _edge(1.0, "y to")
    z_low: float = _edge(0.0, "z from")
    z_high: float = _edge(1.0, "z to")
    n: int = param(100_000, "Points", low=100, high=1_000_000, scale="log", bounds=(32, 4_000_000), help="How many points are thrown.")
    generator: str = param(
        "random",
        "Thrown",
        choices=tuple(ROUND),
        labels=("at random", "as Sobol points", "as Halton points", "in mirrored pairs"),
        help="At random; evenly (16 scramblings, whose spread is the error); or each with its mirror image in the box.",
    )

    def agree(self) -> None:
        """Check the box, the variables, and that the formula has a value on it."""
        for word, (low, high) in zip(VARIABLES, self.box(), strict=False):
            if not low < high:
                raise ValueError(f"{word}_low must lie below {word}_high, got {low:g} and {high:g}: try {high - 1:g} and {high:g}")
        known = VARIABLES[: self.d]
        if more := [word for word in parse(self.f, VARIABLES).used if word not in known]:
            raise ValueError(f"f must be a formula in {' and '.join(known)}, got {more[0]} too: try {VARIABLES.index(more[0]) + 1} variables")
        grid, values = probed(self.f, self.box())
        if np.nanmax(np.abs(values), initial=0.0) * self.volume() > MOST:
            raise ValueError(
                f"f must stay below {MOST:g} over the volume of the box, got {np.nanmax(np.abs(values)):.3g}: try a smaller box, or f times 1e-200"
            )
        if len(bad := np.flatnonzero(~np.isfinite(values))):
            place = ", ".join(f"{word} = {value:.4g}" for word, value in zip(known, grid[:, bad[0]], strict=True))
            raise ValueError(f"f must have a value all over the box, got {values[bad[0]]:g} at {place}: try another box, or [x > 0] as a factor")

    def box(self) -> tuple[tuple[float, float], ...]:
        """Return the ends of the box: (d, 2)."""
        return ((self.x_low, self.x_high), (self.y_low, self.y_high), (self.z_low, self.z_high))[: self.d]

    def volume(self) -> float:
        """Return the volume of the box."""
        return math.prod(high - low for low, high in self.box())

    def run(self, seed: int) -> Iterator[Progress[Integrated]]:
        """Throw the points round by round, and keep sums at each stop."""
        each = ROUND[self.generator]
        rounds = max(2, self.n // each)
        stops = np.unique(np.geomspace(1, rounds, STOPS).round().astype(int))
        formula, (low, high) = parse(self.f, VARIABLES[: self.d]), np.array(self.box()).T
        level = _level(self)
        middle = 0.0 if math.isfinite(level) else float(np.mean(probed(self.f, self.box())[1]))
        sums, before, done = [], np.zeros((2, each)), 0
        shown, values = np.empty((0, self.d + 1)), np.empty(0)
        for unit in _points(self, seed, rounds):  # (d, rounds of the block, each)
            places = low[:, None, None] + unit * (high - low)[:, None, None]
            f = formula.evaluate(*places)  # (rounds, each)
            k = len(f)
            off = (f if each == SETS else f.mean(axis=1, keepdims=True)) - middle
            totals = before + np.stack([np.cumsum(off, axis=0), np.cumsum(off**2, axis=0)], axis=1)  # (rounds, 2, each or 1)
            sums.append(totals[stops[(stops > done) & (stops <= done + k)] - done - 1])
            if math.isfinite(level) and not np.isin(f, (0.0, level)).all():
                level = math.nan
            if len(shown) < SHOWN:
                rows = np.vstack([places.reshape(self.d, -1), f.reshape(1, -1)]).T
                shown = np.vstack([shown, rows[: SHOWN - len(shown)]])
            values = np.concatenate([values, f.ravel()[: KEPT - len(values)]]) if len(values) < KEPT else values
            before, done = totals[-1], done + k
            here, extra = stops[stops <= done], [] if done in stops else [done]
            tallies = np.concatenate([*sums, *([before[None]] if extra else [])])
            yield Progress(done * each, rounds * each, Integrated(self, np.array([*here, *extra]) * each, tallies, middle, level, shown, values))


def _points(spec: Integral, seed: int, rounds: int) -> Iterator[Array]:
    """Yield points of the unit cube, (d, rounds of a block, points of a round)."""
    block = BLOCK if spec.generator == "random" else max(1, BLOCK // 8)
    if spec.generator in POINTS:
        sets = [POINTS[spec.generator](stream(seed, "points", f"scrambling {i}"), rounds, spec.d) for i in range(SETS)]
        for start in range(0, rounds, block):
            yield np.stack([each[:, start : start + block] for each in sets], axis=2)
        return
    rng = stream(seed, "points")
    for start in range(0, rounds, block):
        points = rng.random((min(block, rounds - start), spec.d)).T
        yield np.stack([points, 1 - points], axis=2) if spec.generator == "antithetic" else points[:, :, None]


def _level(spec: Integral) -> float:
    """Return the one value that a formula with a condition has besides 0; nan where it has more, or no condition."""
    values, formula = probed(spec.f, spec.box())[1], parse(spec.f, VARIABLES)
    found = np.unique(values[values != 0])
    return float(found[0]) if len(found) == 1 and formula.used and _has_condition(formula.root) else math.nan


def _has_condition(node: Node) -> bool:
    return node.head in CONDITIONS or any(_has_condition(part) for part in node.parts)


@dataclass(frozen=True)
class Integrated:
    """Sums of a function's values less `middle`, and of their squares, at `stops`: (k, 2, 1), or (k, 2, 16) of the scramblings.

    `level`: the one value besides 0, or nan. `shown`: the first points and their values (shown, d + 1). `values`: the first values.
    """

    spec: Integral
    stops: Array
    sums: Array
    middle: float
    level: float
    shown: Array
    values: Array

    def errors(self) -> tuple[Array, Array, Array, Array]:
        """Return estimate, standard error, and the ends of the 95 % interval at every stop.

        Random points: s / √n with Student's quantile, a share's by Wilson; mirrored pairs: the same of the pairs' means; scramblings: of
        their 16 means. Where all values agree the error is that of an event not seen once among n, times the range of the function.
        """
        volume, rounds = self.spec.volume(), self.stops / ROUND[self.spec.generator]
        if self.spec.generator == "random" and math.isfinite(self.level):
            return self._share(volume)
        (total, squares), m = self.sums.transpose(1, 0, 2), rounds[:, None]
        if self.spec.generator in POINTS:
            means = total / m
            mean, of = means.mean(axis=1), np.full(len(rounds), float(SETS))
            variance = means.var(axis=1, ddof=1) / SETS
        else:
            mean, of = total[:, 0] / rounds, rounds
            variance = np.maximum(squares[:, 0] / rounds - mean**2, 0) / np.maximum(rounds - 1, 1)
        error = np.where((variance > 0) & (of > 1), np.sqrt(variance), self._unseen())
        reach = np.where(of > 1, special.stdtrit(np.maximum(of - 1, 1), 0.975), student(1))
        value, error = volume * (mean + self.middle), volume * error
        return value, error, value - reach * error, value + reach * error

    def _share(self, volume: float) -> tuple[Array, Array, Array, Array]:
        """Return the same of a function that is 0 or one other value."""
        hits = np.round(self.sums[:, 0, 0] / self.level)
        scale, (low, high) = volume * self.level, wilson(hits, self.stops)
        ends = np.sort([scale * low, scale * high], axis=0)
        return scale * hits / self.stops, abs(scale) * share_error(hits, self.stops), ends[0], ends[1]

    def _unseen(self) -> Array:
        """Return the error where all values agree: 0 only for a formula that does not ask where it is; where even a grid shows no
        other value, a range of 1, or of the value itself, is taken.
        """
        values = np.concatenate([probed(self.spec.f, self.spec.box())[1], self.values, [] if math.isnan(self.level) else [0.0, self.level]])
        spread = float(np.ptp(values)) or max(1.0, abs(float(values[0])))
        return (spread if parse(self.spec.f, VARIABLES).used else 0.0) * share_error(np.zeros(len(self.stops)), self.stops)

    def trace(self) -> tuple[Array, Array]:
        """Return numbers of points and the estimates at them."""
        return self.stops, self.errors()[0]

    def truth(self) -> tuple[float, float]:
        """Return the reference and its doubt; nan where the doubt is no longer small beside the standard error."""
        value, doubt = reference(self.spec.f, self.spec.box())
        return (value if doubt <= max(CLEAR * self.errors()[1][-1], SURE * abs(value)) else math.nan), doubt

    def found(self) -> Found:
        """Return the integral from all points."""
        return Found(*(float(each[-1]) for each in self.errors()), self.truth()[0])

    def tail(self) -> float:
        """Return Pareto's k of the size of the values: above 0.5 they have no variance, above 1 no mean; -inf where few values differ."""
        sizes = np.abs(self.values)
        if len(np.unique(sizes)) < min(100, len(sizes)) or not np.isfinite(sizes).all():
            return -math.inf
        with np.errstate(divide="ignore"):
            return psis(np.log(sizes)).k

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        n, found = int(self.stops[-1]), self.found()
        plain = self.spec.volume() * float(np.std(self.values)) / math.sqrt(n)
        shown = {"points": float(n)} | found.numbers() | {"reference, give or take": self.truth()[1], "volume of the box": self.spec.volume()}
        gain = (plain / found.standard_error) ** 2 if found.standard_error > 0 else math.nan
        return shown | {"error of as many random points": plain, "random points for this error": n * gain}

    def rows(self) -> pd.DataFrame:
        """Return the estimates as a table, a row a stop."""
        value, error, low, high = self.errors()
        return pd.DataFrame({"points": self.stops, "estimate": value, "standard error": error, "low": low, "high": high})
