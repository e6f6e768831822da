"""What every film of a construction shares: its frames, the histogram that grows towards the exact law, and their distance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from core.distributions.base import Distribution
from core.distributions.explore import bins
from core.distributions.goodness import ks
from core.distributions.kinship import Makings, floor
from core.distributions.relations.base import Given
from core.reels.curves import POINTS, grows_without_bound, rising, whole
from core.reels.reel import Axis, Layer, Panel, Readout

LEFT, TOP = 0.3, 0.56  # shares of the stage: of the inputs, and of what happens to them
SINGLE_FRAMES = 56  # in which tries are shown one at a time
GROWTH = 40  # frames in which many come at once
SHEAF = 16  # tries drawn in each of these
MOST_SPREAD = 4  # quartile distances shown on either side of the middle
DASHED = {"dash": True, "width": 2}


@dataclass(frozen=True)
class Film:
    """The frames of a construction: `phases` frames for each single try, then frames in which more and more values are there at once."""

    made: Makings
    phases: int

    @cached_property
    def law(self) -> Distribution:
        """The exact law of the outcome."""
        return self.made.edge.law()

    @cached_property
    def singles(self) -> int:
        """How many tries are shown one at a time."""
        return min(SINGLE_FRAMES // self.phases, len(self.made.outcomes))

    @cached_property
    def growth(self) -> np.ndarray:
        """Counts of values in the frames after the single tries, rising to all of them."""
        start, end = int(np.count_nonzero(self.counted[: self.singles])) + 1, len(self.made.values)
        return np.unique(np.geomspace(start, end, GROWTH).astype(int)) if end > start else np.array([end])

    @cached_property
    def counted(self) -> np.ndarray:
        """Which tries count."""
        return ~np.isnan(self.made.outcomes)

    @property
    def n_frames(self) -> int:
        """Return the length of the film."""
        return self.singles * self.phases + len(self.growth)

    @cached_property
    def counts(self) -> np.ndarray:
        """How many values have landed in each frame: a single one lands in its last phase."""
        before = np.concatenate([[0], np.cumsum(self.counted[: self.singles])])
        singles = np.repeat(before[:-1], self.phases)
        singles[self.phases - 1 :: self.phases] = before[1:]
        return np.concatenate([singles, self.growth])

    def frame(self, single: int, phase: int) -> int:
        """Return the frame of a phase of a single try."""
        return single * self.phases + phase

    def batches(self) -> list[tuple[int, np.ndarray]]:
        """Return the frames after the single tries, and which tries each shows."""
        first, total = self.singles * self.phases, len(self.made.outcomes)
        return [(first + i, (self.singles + i * SHEAF + np.arange(SHEAF)) % total) for i in range(len(self.growth))]

    @cached_property
    def edges(self) -> np.ndarray:
        """The edges of the histogram: of what a picture of the law shows, or less of tails so heavy that the rest would be a needle."""
        edges = bins(self.law, len(self.made.values))
        if self.law.discrete:
            return edges
        first, middle, third = self.law.quantile(np.array([0.25, 0.5, 0.75]))
        ends = np.clip(edges[[0, -1]], middle - MOST_SPREAD * (third - first), middle + MOST_SPREAD * (third - first))
        return np.linspace(*ends, len(edges))

    @property
    def view(self) -> Axis:
        """Return the axis of the outcome; it holds the first input too where the picture draws that on it."""
        low, high = float(self.edges[0]), float(self.edges[-1])
        edge = self.made.edge
        if isinstance(edge, Given) or getattr(edge, "dots", False) or getattr(edge, "screen", "") == "circle":
            ends = next(iter(edge.inputs().values())).window()
            low, high = min(low, float(ends[0])), max(high, float(ends[1]))
        return Axis("value", low, high, whole=self.law.discrete)

    @cached_property
    def distances(self) -> np.ndarray:
        """The distance of the values so far to the exact law, in each frame; nan while there are none."""
        known = {count: ks(self.law, self.made.values[:count]) for count in set(self.counts.tolist()) if count}
        return np.array([known.get(count, math.nan) for count in self.counts.tolist()])

    @cached_property
    def perfect(self) -> np.ndarray:
        """What a perfect sample has, in each frame: it falls like 1 / sqrt(count)."""
        n = len(self.made.values)
        return floor(self.law, n) * np.sqrt(n / np.maximum(self.counts, 1))


def histogram(film: Film) -> Panel:
    """Return the values so far under the exact density or mass."""
    edges, law = film.edges, film.law
    place = np.clip(np.searchsorted(edges, film.made.values, side="right") - 1, -1, len(edges) - 1)
    widths, middles = np.diff(edges), (edges[:-1] + edges[1:]) / 2
    rows = []
    for count in np.unique(film.counts[film.counts > 0]):
        found = np.bincount(place[:count] + 1, minlength=len(edges) + 1)[1:-1]
        rows.append(found / (count * widths))
    density = dict(zip(np.unique(film.counts[film.counts > 0]).tolist(), rows))
    frames = [frame for frame, count in enumerate(film.counts.tolist()) if count]
    shown = np.array([density[int(film.counts[frame])] for frame in frames]).reshape(len(frames), len(middles))
    share = 0.8 if law.discrete else 1.0
    bars = pd.DataFrame({"frame": np.repeat(frames, len(middles)), "x": np.tile(middles, len(frames)), "y": shown.ravel()})
    bars = bars.assign(width=np.tile(share * widths, len(frames)))
    exact, top = curve(law, film.view.low, film.view.high)
    tallest = np.zeros(film.n_frames)
    tallest[frames] = shown.max(axis=1)
    tops = 1.15 * np.maximum(top, np.minimum(tallest, 3 * top))
    axis = Axis("probability" if law.discrete else "density", 0, float(tops.max()), windows=np.column_stack([np.zeros(film.n_frames), tops]))
    note = f"What was made, and the exact {'mass' if law.discrete else 'density'}: {film.made.edge.target.title}"
    made = Layer("bars", bars, role="model", label="made", style={"opacity": 0.45})
    return Panel(film.view, axis, (made, exact, falling(film)), area=(LEFT, TOP, 1 - LEFT, 1 - TOP), note=note)


def falling(film: Film) -> Layer:
    """Return the values of the single tries on the ground, each from its landing on."""
    which = np.flatnonzero(film.counted[: film.singles])
    rows = pd.DataFrame({"frame": film.frame(which, film.phases - 1), "x": film.made.outcomes[which], "y": 0.0})
    return Layer("points", rows, "until", "model", style={"size": 6})


def curve(law: Distribution, low: float, high: float, upright: bool = True, role: str = "truth", label: str = "exact") -> tuple[Layer, float]:
    """Return a density as a line, or masses as points, across or up the panel; and its height."""
    if law.discrete:
        x, _ = whole(low, high)
        y, mark, style = law.prob(x), "points", {"size": 8}
        top = float(np.max(y))
    else:
        x = np.linspace(low, high, POINTS)
        y, mark, style = law.prob(x), "path", {"width": 2.5, "dash": False}
        endless = bool(np.isposinf(y).any()) or (hasattr(law, "log_prob") and grows_without_bound(law))
        top = rising("", y[None], np.array([endless])).high / 1.1
    rows = pd.DataFrame({"x": x, "y": y} if upright else {"x": y, "y": x})
    return Layer(mark, rows, "always", role, label, style=style), top


def distance(film: Film) -> Panel:
    """Return how the distance of the values to the exact law falls as they become more, beside a perfect sample's."""
    frames = np.flatnonzero(np.isfinite(film.distances))
    frames = frames[np.append(True, np.diff(film.counts[frames]) > 0)]
    least = 0.01 * float(film.perfect[frames].min())  # a share of 3 in 10 hits its law, and a log axis has no place for that
    line = pd.DataFrame({"frame": frames, "x": film.counts[frames], "y": np.maximum(film.distances[frames], least)})
    usual = pd.DataFrame({"x": film.counts[frames], "y": film.perfect[frames]})
    here = [frame for frame in range(film.n_frames) if np.isfinite(film.distances[frame])]
    now = pd.DataFrame({"frame": here, "x": film.counts[here], "y": np.maximum(film.distances[here], least)})
    layers = (
        Layer("path", usual, "always", "truth", "perfect sample", style=DASHED),
        Layer("path", line, "until", "model", "distance", style={"width": 2}),
        Layer("points", now, "frame", "model", style={"size": 9}),
    )
    high = 1.5 * float(max(line["y"].max(), usual["y"].max()))
    low = 0.5 * float(min(np.quantile(line["y"], 0.02), usual["y"].min())) or 0.1 * float(usual["y"].min())
    x = Axis("values", 1, float(film.counts[-1]), log=True)
    return Panel(x, Axis("distance", low, high, log=True), layers, area=(0, TOP, LEFT, 1 - TOP), note="Distance to the exact law")


def readouts(film: Film) -> tuple[Readout, ...]:
    """Return the numbers of each frame: how many, how far off, and the inputs and outcome of the single try."""
    single = np.minimum(np.arange(film.n_frames) // film.phases, film.singles - 1)
    inputs, outcomes = film.made.inputs, film.made.outcomes
    total = np.concatenate([[0.0], np.cumsum(film.made.values)])
    mean = np.where(film.counts > 0, total[film.counts] / np.maximum(film.counts, 1), math.nan)
    return (
        Readout("count", "values", film.counts.astype(float), ",d"),
        Readout("distance", "distance to the exact law", film.distances, ".4f"),
        Readout("perfect", "of a perfect sample", np.where(np.isfinite(film.distances), film.perfect, math.nan), ".4f"),
        Readout("mean", "mean", mean, ".4g"),
        Readout("exact", "exact mean", np.full(film.n_frames, film.law.mean()), ".4g"),
        Readout("first", "first input", inputs[0][single], ".3g", shown=False),
        Readout("second", "second input", inputs[min(1, len(inputs) - 1)][single], ".3g", shown=False),
        Readout("made", "outcome", outcomes[single], ".3g", shown=False),
    )


def captions(film: Film, phases: tuple[str, ...], refused: str = "") -> tuple[str, ...]:
    """Return a sentence per frame: by phase for single tries, then of all values."""
    many = "{count:,d} values: their distribution function is off by at most {distance:.3f}; that of a perfect sample by about {perfect:.3f}."
    each = [phases[phase] if film.counted[single] or phase == 0 else refused for single in range(film.singles) for phase in range(film.phases)]
    return (*each, *(many for _ in film.growth))
