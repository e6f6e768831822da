"""Two laws as a sweep: overlay, CDFs, where the information comes from, and all five distances, along one parameter of either law."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd

from core.distributions.base import Array, Distribution
from core.distributions.compare import NOTE
from core.distributions.coupling import NAMES
from core.distributions.expectation import atoms
from core.distributions.pair import Course, knobs
from core.reels.curves import grows_without_bound, rising, stairs, steps, whole
from core.reels.reel import Axis, Layer, Panel, Readout, Reel, Sweep

EVEN = 221  # points of a curve at even distances
OWN = np.linspace(0.005, 0.995, 41)  # quantiles of a law that are points too, so that a narrow one is seen
P, Q = {"width": 2.6}, {"width": 2.6, "dash": True}
LINES = {  # name -> role and style: told apart by dash and width as well as by colour
    "KL(p‖q)": ("model", {"width": 3}),
    "KL(q‖p)": ("truth", {"width": 3, "dash": True}),
    "JS": ("ink", {"width": 1.6}),
    "TV": ("context", {"width": 4}),
    "W1": ("ghost", {"width": 2.4, "dash": True}),
}
ROOM = 1.12
LEAST = 3e-5  # of the largest distance: what is smaller leaves the picture


def pair(course: Course, now: float, intro: bool = False) -> Reel:
    """Return the reel over the ticks of a course; it starts where the parameter stands now."""
    p, q = [each.p for each in course.pairs], [each.q for each in course.pairs]
    knob = knobs(course.pairs[0])[course.path]
    start = int(np.argmin(np.abs(course.ticks - now)))
    label = spoken(course.path)
    alike = p[0].discrete == q[0].discrete
    panels = (_overlay(p, q, alike), _climb(p, q, alike)) + ((_distances(course, label, knob.scale == "log"), _information(p, q)) if alike else ())
    sweep = Sweep(course.path, label, course.ticks, "d" if knob.step == 1 else ".4g")
    readouts = _readouts(course) if alike else (Readout("value", label, course.ticks, shown=False),)
    said = (
        f"With {label} {{value:.4g}}: KL(p‖q) = {{kl_pq:.4g}}, KL(q‖p) = {{kl_qp:.4g}} nats. "
        "The best guess which law a draw came from is right {guess:.1%} of the time."
    )
    return Reel(panels, len(course.ticks), (said if alike else f"No distances: {NOTE}.",), readouts, fps=16, start=start, intro=intro, sweep=sweep)


def spoken(path: str) -> str:
    """Say a path as a person would: q.GaussianMixture.part.0.mean is "q: part 1 mean"."""
    law, _, *words = path.split(".")
    return f"{law}: " + " ".join(str(int(word) + 1) if word.isdigit() else word for word in words)


def _readouts(course: Course) -> tuple[Readout, ...]:
    shown = tuple(Readout(field, name, course.exact[:, i], ".4g") for i, (field, name) in enumerate(NAMES.items()))
    guess = 0.5 * (1 + course.exact[:, 3])
    return (*shown, Readout("value", spoken(course.path), course.ticks, shown=False), Readout("guess", "best guess", guess, ".1%", shown=False))


# The view, and the rows of curves, stairs and bars


def _view(p: list[Distribution], q: list[Distribution]) -> tuple[float, float]:
    """Return a view that holds all of the law that stands and a typical one of those that move; it must not follow the hand."""
    windows = np.array([[law.window() for law in laws[:: max(1, len(laws) // 16)]] for laws in (p, q)])  # (2, some, 2)
    return float(np.quantile(windows[..., 0], 0.4, axis=1).min()), float(np.quantile(windows[..., 1], 0.6, axis=1).max())


def _grid(p: list[Distribution], q: list[Distribution]) -> Array:
    low, high = _view(p, q)
    own = np.concatenate([law.quantile(OWN) for laws in (p, q) for law in {laws[0], laws[len(laws) // 2], laws[-1]}])
    x = np.unique(np.concatenate([np.linspace(low, high, EVEN), own[(own > low) & (own < high)]]))
    return x[~np.isin(x, [place for laws in zip(p, q, strict=True) for place in atoms(*laws)])]  # an atom is a step of the CDF, not a height


def _span(p: list[Distribution], q: list[Distribution]) -> tuple[Axis, Array, float]:
    """Return the x axis, the places at which the laws are drawn, and for masses how far apart these are (0 for densities)."""
    if p[0].discrete and q[0].discrete:
        low, high = _view(p, q)
        k, width = whole(max(low, min(law.support.low for law in (*p, *q))), high)
        return Axis("x", k[0] - 0.6 * width, k[-1] + 0.6 * width, whole=True), k, width
    x = _grid(p, q)
    return Axis("x", float(x[0]), float(x[-1])), x, 0.0


def _rows(x: Array, **columns: Array) -> pd.DataFrame:
    """Return the rows of all frames from columns (frames, points)."""
    n_frames = len(next(iter(columns.values())))
    return pd.DataFrame({"frame": np.repeat(np.arange(n_frames), len(x)), "x": np.tile(x, n_frames)} | {name: each.ravel() for name, each in columns.items()})


def _of(laws: list[Distribution], what: Callable[[Distribution], Array]) -> Array:
    """Return a curve per frame; the law that stands is asked once."""
    return np.tile(what(laws[0]), (len(laws), 1)) if laws[0] == laws[-1] else np.array([what(law) for law in laws])


# Panels


def _overlay(p: list[Distribution], q: list[Distribution], alike: bool) -> Panel:
    view, x, width = _span(p, q)
    masses = [laws[0].discrete for laws in (p, q)]
    k = x if width else whole(view.low, view.high)[0]
    places = [k if mass else x for mass in masses]
    heights = [_of(laws, lambda law, at=at: law.prob(at)) for laws, at in zip((p, q), places, strict=True)]
    unbounded = np.array([grows_without_bound(a) or grows_without_bound(b) for a, b in zip(p, q, strict=True)])
    between = ()
    if alike and not width:
        area = Layer("area", _rows(x, y=heights[0], base=heights[1]), role="context", label="|p − q|: 2 TV", style={"opacity": 0.3})
        between = (area,)
    both = np.concatenate(heights, axis=1) if alike else heights[0]
    marks = tuple(_law(name, at, height, mass, width) for name, at, height, mass in zip("pq", places, heights, masses, strict=True))
    note = "Masses of p and q" if all(masses) else "Densities of p and q" if not any(masses) else "A mass and a density"
    up = rising("probability" if all(masses) else "density", both, unbounded)
    return Panel(view, up, (*between, *marks), (0, 0, 0.6 if alike else 1, 0.54), note)


def _law(name: str, x: Array, height: Array, mass: bool, width: float) -> Layer:
    role = "model" if name == "p" else "truth"
    if mass:
        return Layer(
            "bars", _rows(x, y=height).assign(width=0.7 * (width or 1.0)), role=role, label=name, style={"opacity": 0.55} if name == "p" else {"width": 2}
        )
    return Layer("path", _rows(x, y=height), role=role, label=name, style=P if name == "p" else Q)


def _climb(p: list[Distribution], q: list[Distribution], alike: bool) -> Panel:
    view, x, width = _span(p, q)
    k = x if width else whole(view.low, view.high)[0]
    before = k - 1e-6 * (view.high - view.low)  # so that a step beside a curve stands upright
    across = steps(k, view.low, view.high) if width else x if alike else np.unique(np.concatenate([x, before, k]))
    curves = [_of(laws, lambda law: stairs(law.cdf, k) if width else law.cdf(across)) for laws in (p, q)]
    layers = (
        Layer("area", _rows(across, y=curves[0], base=curves[1]), role="ghost", label="between CDFs: W1", style={"opacity": 0.28}),
        Layer("path", _rows(across, y=curves[0]), role="model", style=P),
        Layer("path", _rows(across, y=curves[1]), role="truth", style=Q),
    )
    return Panel(view, Axis("probability", 0, 1), layers, (0, 0.54, 0.6 if alike else 1, 0.46), "CDFs of p and q")


def _information(p: list[Distribution], q: list[Distribution]) -> Panel:
    """Return the signed integrand of KL(p‖q): above 0 where p is the larger, below where q is."""
    view, x, width = _span(p, q)

    def integrand(law: Distribution, other: Distribution) -> Array:
        with np.errstate(all="ignore"):
            log_p = law.log_prob(x)
            return np.where(log_p > -math.inf, np.exp(log_p) * (log_p - other.log_prob(x)), 0.0)

    term = np.array([integrand(*laws) for laws in zip(p, q, strict=True)])
    seen = np.where(np.isfinite(term), term, 0.0)
    high, low = np.quantile(seen, 0.995, axis=1), np.quantile(-seen, 0.995, axis=1)
    tops = ROOM * np.maximum(high, 0.5 * float(np.median(high)) or 0.01)
    bottoms = -ROOM * np.maximum(low, 0.12 * tops)
    up = Axis("p log(p/q)", float(bottoms.min()), float(tops.max()), windows=np.column_stack([bottoms, tops]))
    zero = Layer("rule", pd.DataFrame({"y": [0.0]}), "always", "ink", style={"width": 1, "opacity": 0.6})
    layers = []
    for part, role, word in ((np.maximum(term, 0), "model", "adds to KL"), (np.minimum(term, 0), "context", "takes from KL")):
        rows = _rows(x, y=part)
        layers.append(
            Layer("bars", rows.assign(width=0.7 * width), role=role, label=word, style={"opacity": 0.6})
            if width
            else Layer("area", rows, role=role, label=word, style={"opacity": 0.4})
        )
    line = () if width else (Layer("path", _rows(x, y=term), role="ink", style={"width": 1.4}),)
    return Panel(view, up, (*layers, zero, *line), (0.6, 0.54, 0.4, 0.46), "Where KL(p‖q) comes from")


def _distances(course: Course, label: str, log: bool) -> Panel:
    """Return all five distances along the parameter, with the present point on each; an infinite one is a gap."""
    across = Axis(
        label, float(course.ticks[0]), float(course.ticks[-1]) if len(course.ticks) > 1 else float(course.ticks[0]) + 1, log=bool(log and course.ticks[0] > 0)
    )
    exact = np.where(np.isfinite(course.exact) & (course.exact > 0), course.exact, math.nan)
    known = exact[np.isfinite(exact)]
    low, high = (0.6 * float(known.min()), 1.6 * float(known.max())) if known.size else (0.1, 1.0)
    layers = []
    for (name, (role, style)), line in zip(LINES.items(), exact.T, strict=True):
        rows = pd.DataFrame({"x": course.ticks, "y": line})
        here = rows.assign(frame=np.arange(len(rows)))
        layers += [
            Layer("path", rows, "always", role, name, style=style),
            Layer("points", here[np.isfinite(here["y"])], "frame", role, name, style={"size": 10, "opacity": 1.0}),
        ]
    return Panel(across, Axis("distance (W1 in units of x)", max(low, LEAST * high), high, log=True), tuple(layers), (0.6, 0, 0.4, 0.54), "Five distances")
