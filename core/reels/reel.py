"""The reel: motion as data. The engine computes it whole; the browser plays, scrubs and steps it.

A reel has panels on one clock; a panel has layers; a layer is a mark and rows, stamped with a frame number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

MOST_FRAMES = 1000

# The columns each mark must have; it may also have those in brackets. Coordinates are data coordinates.
MARKS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "points": (("x", "y"), ("size", "value")),  # discs; size in px, value in [0, 1] on the colour scale
    "path": (("x", "y"), ("part",)),  # a line through the rows; a change of `part` or a nan lifts the pen
    "area": (("x", "y"), ("base",)),  # filled between y and base (0 when left out)
    "bars": (("x", "y"), ("width", "base")),  # upright bars centred on x; width in data units (1 when left out)
    "arrows": (("x", "y", "dx", "dy"), ("value",)),  # from (x, y) to (x + dx, y + dy)
    "rule": ((), ("x", "y")),  # a straight line across the panel at x, or at y
    "text": (("x", "y", "text"), ()),  # words at a place; plain text, never markup
    "field": (("row", "column", "value"), ()),  # an image on a grid over the panel's window; value in [0, 1]
}
ROLES = ("model", "truth", "failure", "context", "ghost", "ink")
WHENS = ("always", "frame", "until", "trail")
TEMPLATE = re.compile(r"\{(\w+)(?::([^{}]*))?\}")


@dataclass(frozen=True)
class Axis:
    """An axis: its label, its ends, and, when the view must move, its ends per frame: windows (n_frames, 2).

    `whole` axes have ticks at whole numbers only.
    """

    label: str
    low: float
    high: float
    log: bool = False
    windows: np.ndarray | None = None
    whole: bool = False

    def __post_init__(self) -> None:
        """Check that the axis has a length."""
        if not (np.isfinite(self.low) and np.isfinite(self.high) and self.low < self.high):
            raise ValueError(f"axis {self.label!r} must run from low to high, got [{self.low}, {self.high}]: widen it")
        if self.log and self.low <= 0:
            raise ValueError(f"a log axis must start above 0, got {self.low} on {self.label!r}: try 1e-3")


@dataclass(frozen=True)
class Layer:
    """A mark with its rows.

    `rows` has the columns of `MARKS[mark]`, and `frame` (whole numbers from 0) unless `when` is "always". `when` says which
    rows show: "always" all; "frame" those of the current frame; "until" all up to it; "trail" the last `trail` frames, fading.
    `role` gives the colour; `label` is the legend's word (none when empty), which switches all layers of that word.
    `style`: dash (bool), width (px), opacity, size (px, for points), hidden (off until its word is pressed).
    """

    mark: str
    rows: pd.DataFrame
    when: Literal["always", "frame", "until", "trail"] = "frame"
    role: str = "model"
    label: str = ""
    trail: int = 30
    style: dict[str, float | bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the mark, its columns and its role."""
        if self.mark not in MARKS:
            raise ValueError(f"mark must be one of {', '.join(MARKS)}, got {self.mark!r}: try points")
        required, optional = MARKS[self.mark]
        wanted = set(required) | ({"frame"} if self.when != "always" else set())
        if missing := sorted(wanted - set(self.rows.columns)):
            raise ValueError(f"{self.mark} rows must have {', '.join(sorted(wanted))}, missing {', '.join(missing)}: add them")
        if surplus := sorted(set(self.rows.columns) - wanted - set(optional) - {"frame"}):
            raise ValueError(f"{self.mark} rows may not have {', '.join(map(str, surplus))}: it reads {', '.join((*required, *optional))}")
        if self.role not in ROLES:
            raise ValueError(f"role must be one of {', '.join(ROLES)}, got {self.role!r}: try model")
        if self.when not in WHENS:
            raise ValueError(f"when must be one of {', '.join(WHENS)}, got {self.when!r}: try frame")


@dataclass(frozen=True)
class Panel:
    """A picture with two axes. `area` is (left, top, width, height) as shares of the stage; `note` is its title.

    `equal`: one unit is as long across as up. `bare`: no axes, and nothing is read under the pointer: places are no numbers there.
    """

    x: Axis
    y: Axis
    layers: tuple[Layer, ...]
    area: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    note: str = ""
    equal: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Readout:
    """A number per frame, shown beside the picture and put into captions: values (n_frames,); nan reads "undefined".

    `form` is a format such as ".4g", ".2f", "d" or ".1%". `shown=False` keeps it for captions alone.
    """

    name: str
    label: str
    values: np.ndarray
    form: str = ".4g"
    shown: bool = True


@dataclass(frozen=True)
class Sweep:
    """The parameter that the frames stand for: its ticks (n_frames,) rise, one per frame."""

    name: str
    label: str
    ticks: np.ndarray
    form: str = ".4g"


@dataclass(frozen=True)
class Handle:
    """Something on a panel that the hand may drag along "x", "y" or "xy"; where it rests goes back to Python.

    With `xs` and `ys` (n_frames,) it rides on a sweep: it lies there in each frame (nowhere at a nan), and dragging it moves the
    sweep to the frame in which it lies nearest to the hand.
    """

    name: str
    panel: int
    x: float
    y: float
    along: Literal["x", "y", "xy"] = "x"
    label: str = ""
    xs: np.ndarray | None = None
    ys: np.ndarray | None = None


@dataclass(frozen=True)
class Reel:
    """A short film made of data.

    Args:
        panels: the pictures; all share one clock.
        n_frames: key frames, 1 to 1,000.
        captions: one template for all frames, or one per frame; `{name}` or `{name:.3g}` is filled from a read-out.
        readouts: numbers per frame.
        fps: key frames per second at speed 1.
        start: the frame shown first.
        sweep: set when frames are the ticks of a parameter; the stage then draws that parameter's slider.
        handles: what the hand may drag.
        intro: play by itself once when it comes into sight (never under prefers-reduced-motion).

    Raises:
        ValueError: when frames, captions or read-outs do not fit each other.
    """

    panels: tuple[Panel, ...]
    n_frames: int
    captions: tuple[str, ...] = ()
    readouts: tuple[Readout, ...] = ()
    fps: float = 30.0
    start: int = 0
    sweep: Sweep | None = None
    handles: tuple[Handle, ...] = ()
    intro: bool = False

    def __post_init__(self) -> None:
        """Check that all parts agree on the frames and that captions ask for numbers that exist."""
        if not 1 <= self.n_frames <= MOST_FRAMES:
            raise ValueError(f"n_frames must lie in [1, {MOST_FRAMES}], got {self.n_frames}: thin to key frames")
        if not 0 <= self.start < self.n_frames:
            raise ValueError(f"start must lie in [0, {self.n_frames - 1}], got {self.start}: try 0")
        if len(self.captions) not in (0, 1, self.n_frames):
            raise ValueError(f"captions must be one or {self.n_frames}, got {len(self.captions)}: give one per frame")
        for readout in self.readouts:
            if len(readout.values) != self.n_frames:
                raise ValueError(f"read-out {readout.name} must have {self.n_frames} values, got {len(readout.values)}: one per frame")
        if self.sweep and len(self.sweep.ticks) != self.n_frames:
            raise ValueError(f"a sweep must have {self.n_frames} ticks, got {len(self.sweep.ticks)}: one per frame")
        known = {readout.name for readout in self.readouts} | {"frame", "frames"}
        for caption in self.captions:
            if unknown := [name for name, _ in TEMPLATE.findall(caption) if name not in known]:
                raise ValueError(f"a caption asks for {unknown[0]}, which is no read-out: it may use {', '.join(sorted(known))}")
        for panel in self.panels:
            for layer in panel.layers:
                if "frame" in layer.rows and len(layer.rows) and not 0 <= layer.rows["frame"].min() <= layer.rows["frame"].max() < self.n_frames:
                    raise ValueError(f"rows of {layer.mark} must have frames in [0, {self.n_frames - 1}]: renumber them")

    def n_rows(self) -> int:
        """Return how many rows all layers have together."""
        return sum(len(layer.rows) for panel in self.panels for layer in panel.layers)
