"""Reels of fits: a walk down the ranking of families, and the bootstrap that tests one of them."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.distributions.base import Distribution
from core.distributions.goodness import ks_p_textbook
from core.montecarlo.fitting import ALIKE, Fits, Standing
from core.reels.curves import MOST_BARS, POINTS, whole
from core.reels.reel import Axis, Layer, Panel, Readout, Reel, Sweep

FEWEST_BINS, MOST_BINS = 10, 60
QUANTILES = 120  # points of a QQ panel
OVERFLOW = 2.2  # times the tallest bar: how high a density may climb in the picture
FRAMES = 120  # of a growing bootstrap
ROOM = 0.12  # of the data's span, on either side


def ranking(fits: Fits) -> Reel:
    """Return the families as a sweep over their rank: fitted curve over the data, QQ, and how far behind the best each is."""
    laws, x = [each.fitted.dist for each in fits.standings], fits.column.values
    n = len(laws)
    rank = np.arange(1, n + 1)
    overlay = _counts(laws, x, fits.column.name) if laws[0].discrete else _density(laws, x, fits.column.name)
    captions = tuple(_caption(place, each, fits) for place, each in enumerate(fits.standings, start=1))
    readouts = (
        Readout("aic", "AIC", np.array([each.fitted.aic for each in fits.standings]), ".2f"),
        Readout("more", "AIC above the best", np.array([each.more_aic for each in fits.standings]), ".2f"),
        Readout("behind", "nats an observation behind", np.array([each.behind for each in fits.standings]), ".4f"),
        Readout("ks", "KS distance", np.array([each.fitted.ks for each in fits.standings]), ".4f"),
    )
    panels = (overlay, _qq(laws, x), _distance(fits.standings))
    return Reel(panels, n, captions, readouts, fps=2, sweep=Sweep("rank", "rank", rank.astype(float), "d") if n > 1 else None)


def _caption(place: int, each: Standing, fits: Fits) -> str:
    """Say which family this is and how it stands; braces in a title would be a template."""
    title = each.fitted.dist.title.replace("{", "(").replace("}", ")")
    if place == 1:
        return f"1. {title}: the best of {len(fits.standings)} families, AIC {{aic:.1f}}."
    verdict = "cannot be told apart from the best at this n" if each.alike else "behind the best"
    return f"{place}. {title}: AIC {{more:.1f}} above the best, {{behind:.4f}} nats an observation; {verdict}."


def _window(x: np.ndarray) -> tuple[float, float]:
    """Return a view of the data that a few far values do not stretch."""
    low, first, third, high = np.quantile(x, [0, 0.25, 0.75, 1])
    reach = 6 * (third - first) or (high - low)
    low, high = max(low, first - reach), min(high, third + reach)
    return low - ROOM * (high - low), high + ROOM * (high - low)


def _density(laws: list[Distribution], x: np.ndarray, name: str) -> Panel:
    low, high = _window(x)
    n_bins = int(np.clip(2 * len(x) ** (1 / 3), FEWEST_BINS, MOST_BINS))
    counts, edges = np.histogram(x, np.linspace(low, high, n_bins + 1))
    bars = pd.DataFrame({"x": (edges[:-1] + edges[1:]) / 2, "y": counts / (len(x) * np.diff(edges)), "width": np.diff(edges)})
    grid = np.linspace(low, high, POINTS)
    with np.errstate(all="ignore"):
        density = np.array([np.where(np.isfinite(each.prob(grid)), each.prob(grid), math.nan) for each in laws])
    curves = pd.DataFrame({"frame": np.repeat(np.arange(len(laws)), POINTS), "x": np.tile(grid, len(laws)), "y": density.ravel()})
    best = pd.DataFrame({"x": grid, "y": density[0]})
    top = min(OVERFLOW * bars["y"].max(), 1.1 * max(float(np.nanmax(density[: max(1, len(laws) // 2)])), bars["y"].max()))
    return Panel(
        Axis(_label(name), low, high),
        Axis("density", 0, top),
        (
            Layer("bars", bars, "always", "context", "data", style={"opacity": 0.4}),
            Layer("path", best, "always", "ghost", "the best", style={"dash": True, "width": 2}),
            Layer("path", curves, role="model", label="this family", style={"width": 3}),
        ),
        area=(0, 0, 0.62, 1),
        note="The data and the fitted density",
    )


def _counts(laws: list[Distribution], x: np.ndarray, name: str) -> Panel:
    low, high = _window(x)
    k, width = whole(low, high)
    k = k[:MOST_BARS]
    share = np.array([np.mean((x >= each) & (x < each + width)) / width for each in k])
    mass = np.array([each.prob(k) for each in laws])
    dots = pd.DataFrame({"frame": np.repeat(np.arange(len(laws)), len(k)), "x": np.tile(k, len(laws)), "y": mass.ravel()})
    return Panel(
        Axis(_label(name), k[0] - 0.7 * width, k[-1] + 0.7 * width, whole=True),
        Axis("share", 0, min(OVERFLOW * share.max(), 1.1 * max(float(mass[0].max()), share.max()))),
        (
            Layer("bars", pd.DataFrame({"x": k, "y": share, "width": 0.8 * width}), "always", "context", "data", style={"opacity": 0.4}),
            Layer("points", pd.DataFrame({"x": k, "y": mass[0]}), "always", "ghost", "the best", style={"size": 6}),
            Layer("points", dots, role="model", label="this family", style={"size": 9}),
        ),
        area=(0, 0, 0.62, 1),
        note="The data and the fitted probabilities",
    )


def _label(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:37]}..."


def _qq(laws: list[Distribution], x: np.ndarray) -> Panel:
    """Return sorted data against fitted quantiles; the axis is that of the data, so that the diagonal stands still."""
    place = np.unique(np.round(np.linspace(0, len(x) - 1, min(len(x), QUANTILES))).astype(int))
    values, low, high = np.sort(x)[place].astype(float), *_window(x)
    with np.errstate(all="ignore"):
        fitted = np.array([each.quantile((place + 0.5) / len(x)) for each in laws], float)
    rows = pd.DataFrame({"frame": np.repeat(np.arange(len(laws)), len(place)), "x": fitted.ravel(), "y": np.tile(values, len(laws))})
    rows = rows[(rows["x"] > low) & (rows["x"] < high)]
    line = Layer("path", pd.DataFrame({"x": [low, high], "y": [low, high]}), "always", "truth", style={"dash": True, "width": 2})
    dots = Layer("points", rows, role="model", style={"size": 5})
    return Panel(Axis("fitted quantile", low, high), Axis("data", low, high), (line, dots), area=(0.62, 0, 0.38, 0.52), note="QQ: on the line, they agree")


def _distance(standings: tuple[Standing, ...]) -> Panel:
    """Return the AIC above the best for every family, hollow where it cannot be told apart, and the present one marked."""
    rank = np.arange(1, len(standings) + 1, dtype=float)
    more = np.array([each.more_aic for each in standings]) + 1  # the log of 1 at the best
    alike = np.array([each.alike for each in standings])
    layers = [
        Layer("rule", pd.DataFrame({"y": [ALIKE + 1]}), "always", "truth", style={"dash": True, "width": 1.5}),
        Layer("points", pd.DataFrame({"x": rank[~alike], "y": more[~alike]}), "always", "context", style={"size": 5}),
        Layer("points", pd.DataFrame({"x": rank[alike], "y": more[alike]}), "always", "truth", "cannot be told apart", style={"size": 8}),
        Layer("points", pd.DataFrame({"frame": np.arange(len(rank)), "x": rank, "y": more}), role="model", style={"size": 12}),
    ]
    view = Axis("rank", 0.4, len(rank) + 0.6, whole=True)
    top = max(float(np.max(more)) * 1.5, 10.0)
    return Panel(view, Axis("AIC gap + 1", 0.8, top, log=True), tuple(layers), area=(0.62, 0.52, 0.38, 0.48), note="How far behind the best")


def bootstrap(fits: Fits, title: str) -> Reel:
    """Return the test of one family: the KS distances of data sets drawn from it pile up, beside the law that textbooks take for theirs.

    Raises:
        ValueError: when the family was not tested.
    """
    if title not in fits.drawn:
        raise ValueError(f"title must be one of the tested families, got {title}: try {next(iter(fits.drawn), 'testing one')}")
    here, n = fits.named(title).fitted, len(fits.column.values)
    distances = fits.drawn[title][:, 0]
    distances = distances[~np.isnan(distances)]
    marks = np.unique(np.geomspace(1, len(distances), FRAMES).astype(int))
    top = 1.12 * max(float(distances.max()), here.ks, _textbook_end(n))
    edges = np.linspace(0, top, 41)
    middle, width = (edges[:-1] + edges[1:]) / 2, edges[1] - edges[0]
    density = np.array([np.histogram(distances[:mark], edges)[0] / (mark * width) for mark in marks])
    p = np.array([(1 + np.sum(distances[:mark] >= here.ks)) / (mark + 1) for mark in marks])
    bars = pd.DataFrame({"frame": np.repeat(np.arange(len(marks)), len(middle)), "x": np.tile(middle, len(marks)), "y": density.ravel(), "width": width})
    grid = np.linspace(edges[0], top, POINTS)
    textbook = -np.gradient(np.array([ks_p_textbook(each, n) for each in grid]), grid)
    ceiling = 1.15 * max(float(density[-1].max()), float(textbook.max()))
    panel = Panel(
        Axis("KS distance of data to the law fitted to them", 0, top),
        Axis("density", 0, ceiling),
        (
            Layer("bars", bars, role="model", label="data drawn from the fitted law", style={"opacity": 0.5}),
            Layer(
                "path",
                pd.DataFrame({"x": grid, "y": textbook}),
                "always",
                "failure",
                "textbook law, for a law fixed beforehand",
                style={"dash": True, "width": 2.5},
            ),
            Layer("rule", pd.DataFrame({"x": [here.ks]}), "always", "truth", "your data", style={"width": 2.5}),
        ),
        note="Would data of this law lie so far from their own fit?",
    )
    readouts = (
        Readout("drawn", "data sets", marks.astype(float), "d"),
        Readout("p", "bootstrap p", p, ".3f"),
        Readout("textbook", "textbook p", np.full(len(marks), here.ks_p_textbook), ".3f"),
        Readout("ks", "KS distance", np.full(len(marks), here.ks), ".4f"),
    )
    caption = "{drawn:d} data sets of the fitted law, each fitted anew: p = {p:.3f}. The textbook says {textbook:.3f}, since it does not know that the law was fitted."
    return Reel((panel,), len(marks), (caption,), readouts, fps=24, start=0, intro=True)


def _textbook_end(n: int) -> float:
    """Return the distance that the textbook's law exceeds in one case of a thousand."""
    return 1.95 / math.sqrt(n)
