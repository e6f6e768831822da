"""The sweep: all ticks of one slider as a reel, so that the curve follows the hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from core.distributions.base import Distribution
from core.distributions.namings.naming import Naming, own, said
from core.distributions.words import QUANTITIES
from core.params import Count, Real, Whole
from core.reels.curves import POINTS, rising, spikes, stairs, steps, whole
from core.reels.grips import grips
from core.reels.reel import Axis, Layer, Panel, Readout, Reel, Sweep
from core.reels.tables import Each, Moved, densities, medians, survivals, table, whole_medians

FEWEST_BARS = 8  # whole numbers that a picture of masses shows, where there are as many
SEEN = 8  # ticks that the view is taken from
FEWEST = 12  # ticks that a slider must keep to be worth dragging
SIDES = ("survival, quantile", "hazard, log density")
SHARE = Axis("probability", 0, 1)
THICK = {"width": 2.5}
CAPITAL = re.compile(r"(?<=[a-z])([A-Z])")  # inside a class name


def sweepable(dist: Distribution, naming: Naming | None = None) -> dict[str, Real]:
    """Return the numbers that a hand can sweep, by path: all but "how many parts"; those of another naming where one is given."""
    return {path: knob for path, knob in (naming or own(dist)).fields.items() if isinstance(knob, Real) and not isinstance(knob, Count)}


def frame_key(dist: Distribution, path: str, ghost: Distribution | None, most: int | None = None, naming: Naming | None = None) -> str:
    """Return what the frames of a sweep depend on: the other parameters, and the value only where it is no tick."""
    rest = (naming or own(dist)).to(dist)
    value = rest.pop(path)
    typed = [] if np.any(sweepable(dist, naming)[path].ticks(most or dist.ticks) == value) else [value]
    if naming:  # the last digits of what comes out of a map do not count
        rest = {name: f"{each:.12g}" if isinstance(each, float) else each for name, each in rest.items()}
    return json.dumps([type(dist).__name__, path, typed, rest, ghost.key() if ghost else None, *([naming.title] if naming else [])])


def sweep(dist: Distribution, path: str, ghost: Distribution | None = None, intro: bool = False, side: str = SIDES[0], naming: Naming | None = None) -> Reel:
    """Return the reel over one parameter: density, CDF and, at their side, survival and quantile (or hazard and log density).

    The frames depend on the other parameters alone, so that letting the slider go sends nothing again; a value typed between
    two ticks gets a frame of its own. With `intro` the slider swings once by itself, as an invitation. With `naming` the path is one
    of its fields, and its other numbers stand still: a gamma's mean moves while its standard deviation stays.

    Raises:
        ValueError: when the distribution has no such parameter, or no numbers in this naming.
    """
    knobs = sweepable(dist, naming)
    if path not in knobs:
        raise ValueError(f"path must be one of {', '.join(knobs)}, got {path}: try {next(iter(knobs))}")
    knob, value = knobs[path], float((naming or own(dist)).to(dist)[path])
    ticks, members = members_of(dist, path, knob, value, naming=naming)
    start = int(np.argmin(np.abs(ticks - value)))
    window = _window(members)
    panels, halves = (
        _masses(members, window, ghost, side)
        if dist.discrete
        else _curves(members, window, ghost, side, table(members, ticks, path if path in dist.leaves() else None))
    )
    label = said(knob.label) if naming else spoken(path)
    readouts = _readouts(members, ticks, label, halves)
    caption = f"{dist.title} with {label} {{value:.4g}}: mean {{mean:.4g}}, standard deviation {{sd:.4g}}; half of the draws lie at or below {{median:.4g}}."
    slider = Sweep(path, label, ticks, "d" if knob.step == 1 else ".4g")
    return Reel(panels, len(ticks), (caption,), readouts, 30, start, slider, grips(panels[0], panels[1], len(ticks)), intro)


def spoken(path: str) -> str:
    """Say a path as a person would: part.0.mean is "part 1 mean", rate_up is "rate up", and base.StudentT.df is "Student T df"."""
    words = path.split(".")
    kept = [word for word, after in zip(words, [*words[1:], ""], strict=True) if not after[:1].isupper()]  # the name of a law says enough
    return " ".join(str(int(word) + 1) if word.isdigit() else CAPITAL.sub(r" \1", word).replace("_", " ") for word in kept)


def members_of(
    dist: Distribution, path: str, knob: Real, value: float, most: int | None = None, naming: Naming | None = None
) -> tuple[np.ndarray, list[Distribution]]:
    """Return at most so many ticks and the distribution at each, leaving out those that the other parameters forbid.

    Where the value lies past the slider's ends, or the other parameters forbid nearly all of it, the slider moves around the value.
    """
    naming, most = naming or own(dist), most or dist.ticks
    rest = naming.to(dist)

    def member(tick: float) -> Distribution:
        return dist if tick == value else naming.back(rest | {path: tick})

    ticks, members = _allowed(member, np.append(knob.ticks(most), value))
    if knob.low <= value <= knob.high and len(ticks) >= FEWEST:
        return ticks, members
    for narrow in (1,) if isinstance(knob, Whole) else (1, 4, 16, 64):
        ticks, members = _allowed(member, np.append(_around(knob, value, most, narrow), value))
        if len(ticks) >= FEWEST:
            break
    return ticks, members


def _around(knob: Real, value: float, most: int, narrow: float) -> np.ndarray:
    """Return ticks around a value: a factor of five either way on a log scale, half the slider's length on a linear one; or narrower."""
    half, factor = 0.5 * (knob.high - knob.low) / narrow, 5 ** (1 / narrow)
    ticks = np.geomspace(value / factor, value * factor, most - 1) if knob.scale == "log" and value > 0 else np.linspace(value - half, value + half, most - 1)
    ticks = np.array([float(f"{tick:.4g}") for tick in ticks])
    return np.unique(np.clip(np.round(ticks) if isinstance(knob, Whole) else ticks, *knob.bounds))


def _allowed(member: Callable[[float], Distribution], ticks: np.ndarray) -> tuple[np.ndarray, list[Distribution]]:
    kept, members = [], []
    for tick in np.unique(ticks):
        try:
            members.append(member(float(tick)))
        except ValueError:
            continue
        kept.append(tick)
    return np.array(kept), members


def _window(members: list[Distribution]) -> tuple[float, float]:
    """Return the view: it holds the middle of every tick and the whole of a typical one, and must not follow the hand."""
    some = members[:: max(1, len(members) // SEEN)]
    windows, middles = np.array([member.window() for member in some]), np.array([member.median() for member in some])
    half = 0.4 * float(np.median(windows[:, 1] - windows[:, 0]))
    low = max(min(np.quantile(windows[:, 0], 0.45), middles.min() - half), windows[:, 0].min())
    high = min(max(np.quantile(windows[:, 1], 0.55), middles.max() + half), windows[:, 1].max())
    return float(low), float(high) if high > low else float(low) + 1.0


def _curves(
    members: list[Distribution], window: tuple[float, float], ghost: Distribution | None, side: str, laws: Moved | Each
) -> tuple[tuple[Panel, ...], np.ndarray]:
    low, high = window
    x = np.linspace(low, high, POINTS)
    frame, xs = np.repeat(np.arange(len(members)), POINTS), np.tile(x, len(members))
    (density, endless), cdf = densities(laws, x), laws.asked("cdf", x)
    halves = medians(laws, x, cdf)

    def rows(across: np.ndarray, up: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame({"frame": frame, "x": across.ravel(), "y": up.ravel()})

    pale, view = _ghost(low, high, ghost), Axis("x", low, high)
    single = np.array([1.1 * max((mass for _, mass in member.atoms), default=0.0) for member in members])
    up = rising("density", np.column_stack([density, single]), endless)
    first = Panel(
        view,
        up,
        (
            Layer("area", rows(xs, density), role="model", label="density", style={"opacity": 0.16}),
            *pale["density"],
            Layer("path", rows(xs, density), role="model", label="density", style={"width": 3}),
            *spikes([member.atoms for member in members], up.windows[:, 1]),
            *_means(members),
        ),
        area=(0, 0, 0.62, 0.56),
        note="Density",
    )
    if side == SIDES[1]:
        return (first, _climb(view, rows(xs, cdf), pale), *_rates(view, members, x, rows, xs, "log density")), halves
    return (first, _climb(view, rows(xs, cdf), pale), *_tails(view, rows(xs, survivals(laws, x, cdf)), rows(cdf, xs), pale)), halves


def _climb(view: Axis, cdf: pd.DataFrame, pale: dict[str, tuple[Layer, ...]]) -> Panel:
    line = Layer("path", cdf, role="model", style=THICK)
    return Panel(view, SHARE, (*pale["cdf"], line), area=(0, 0.56, 0.62, 0.44), note="CDF: P(X ≤ x)")


def _tails(view: Axis, survival: pd.DataFrame, quantile: pd.DataFrame, pale: dict[str, tuple[Layer, ...]]) -> tuple[Panel, ...]:
    above, under = Layer("path", survival, role="model", style=THICK), Layer("path", quantile, role="model", style=THICK)
    return (
        Panel(view, SHARE, (*pale["survival"], above), area=(0.62, 0, 0.38, 0.5), note="Survival: P(X > x)"),
        Panel(SHARE, view, (*pale["quantile"], under), area=(0.62, 0.5, 0.38, 0.5), note="Quantile: x that a share of draws stays under"),
    )


def _rates(view: Axis, members: list[Distribution], x: np.ndarray, rows: Callable, xs: np.ndarray, name: str) -> tuple[Panel, ...]:
    """Return the hazard and the log density (or log mass). Their axes hold what most ticks show in the window, and stand still."""
    mark = "points" if members[0].discrete else "path"
    style = {"size": 7} if mark == "points" else THICK
    hazard = np.array([np.exp(member.log_hazard(x)) for member in members])
    log_density = np.array([member.log_prob(x) for member in members])
    known, low = hazard[np.isfinite(hazard) & (hazard > 0)], log_density[np.isfinite(log_density)]
    top = 1.6 * float(np.quantile(known, 0.75)) if known.size else 1.0
    floor, ceiling = (float(np.quantile(low, 0.1)), float(low.max())) if low.size else (-1.0, 0.0)
    room = 0.08 * (ceiling - floor) or 1.0
    return (
        Panel(
            view,
            Axis("hazard", 0, top),
            (Layer(mark, rows(xs, hazard), role="model", style=style),),
            area=(0.62, 0, 0.38, 0.5),
            note="Hazard: rate at x of those still there",
        ),
        Panel(
            view,
            Axis(name, floor - room, ceiling + room),
            (Layer(mark, rows(xs, log_density), role="model", style=style),),
            area=(0.62, 0.5, 0.38, 0.5),
            note=name.capitalize(),
        ),
    )


def _ghost(low: float, high: float, ghost: Distribution | None) -> dict[str, tuple[Layer, ...]]:
    """Return the kept setting as pale dashed lines (dots for masses), drawn under the moving ones."""
    if ghost is None:
        return {"density": (), "cdf": (), "survival": (), "quantile": ()}

    def still(mark: str, across: np.ndarray, up: np.ndarray, **style: float) -> tuple[Layer, ...]:
        return (Layer(mark, pd.DataFrame({"x": across, "y": up}), "always", "ghost", "ghost", style=style),)

    line = {"dash": True, "width": 2}
    if ghost.discrete:
        k, _ = whole(low, high)
        x, cdf, survival = steps(k, low, high), stairs(ghost.cdf, k), stairs(ghost.sf, k)
        density = still("points", k, ghost.prob(k), size=7)
    else:
        x = np.linspace(low, high, POINTS)
        cdf, survival = ghost.cdf(x), ghost.sf(x)
        density = still("path", x, ghost.prob(x), **line) + spikes([ghost.atoms], np.zeros(1), "ghost", still=True)[:1]
    return {"density": density, "cdf": still("path", x, cdf, **line), "survival": still("path", x, survival, **line), "quantile": still("path", cdf, x, **line)}


def _means(members: list[Distribution]) -> tuple[Layer, ...]:
    """Mark the mean where there is one; a missing mean has no line, which is the point of the Cauchy."""
    rows = pd.DataFrame({"frame": np.arange(len(members)), "x": [member.mean() for member in members]}).astype({"x": float})
    rows = rows[np.isfinite(rows["x"])]
    return (Layer("rule", rows, role="ink", label="mean", style={"dash": True, "width": 1.5, "opacity": 0.7}),) if len(rows) else ()


def _masses(members: list[Distribution], window: tuple[float, float], ghost: Distribution | None, side: str) -> tuple[tuple[Panel, ...], np.ndarray]:
    low, high = window
    k, width = whole(low, max(high, min(low + FEWEST_BARS, max(member.support.high for member in members) + 0.5)))
    view = Axis("x", k[0] - 0.6 * width, k[-1] + 0.6 * width, whole=True)
    n, xs = len(members), steps(k, view.low, view.high)
    mass = np.array([member.prob(k) for member in members])  # (frames, bars)
    cdf = np.array([stairs(m.cdf, k) for m in members])
    halves = whole_medians(members, k, cdf[:, ::2])

    def rows(across: np.ndarray, up: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame({"frame": np.repeat(np.arange(n), len(across)), "x": np.tile(across, n), "y": up.ravel()})

    pale = _ghost(view.low, view.high, ghost)
    first = Panel(
        view,
        rising("probability", mass, np.zeros(n, bool)),
        (Layer("bars", rows(k, mass).assign(width=0.7 * width), role="model", label="mass"), *pale["density"], *_means(members)),
        area=(0, 0, 0.62, 0.56),
        note="Mass: P(X = x)" if width == 1 else f"Mass: P(X = x), at every {width}th x",
    )
    if side == SIDES[1]:
        return (first, _climb(view, rows(xs, cdf), pale), *_rates(view, members, k, rows, k, "log mass")), halves
    survival, flipped = np.array([stairs(m.sf, k) for m in members]), rows(xs, cdf).rename(columns={"x": "y", "y": "x"})
    return (first, _climb(view, rows(xs, cdf), pale), *_tails(view, rows(xs, survival), flipped, pale)), halves


def _readouts(members: list[Distribution], ticks: np.ndarray, label: str, halves: np.ndarray) -> tuple[Readout, ...]:
    numbers = [member.numbers() for member in members]
    shown = tuple(Readout(name, word, np.array([each[name] for each in numbers])) for name, word in QUANTITIES.items())
    return (
        *shown,
        Readout("value", label, ticks, shown=False),
        Readout("sd", "standard deviation", np.array([member.sd() for member in members]), shown=False),
        Readout("median", "median", halves, shown=False),
    )
