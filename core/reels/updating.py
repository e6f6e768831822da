"""Learning as a reel over observations: the belief, the law of the next value, and the interval that narrows onto the truth."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.distributions.base import Array, Distribution
from core.distributions.updating import Learned
from core.reels.curves import grows_without_bound, rising, whole
from core.reels.reel import Axis, Layer, Panel, Readout, Reel

MANY = 40  # observations, from which on their axis is logarithmic
EACH = 24  # observations shown one by one before the steps grow
FRAMES = 90
EVEN = np.linspace(0, 1, 61)  # shares of the view
CLOSE = np.linspace(-6, 6, 121)  # standard deviations around the mean: a narrow curve is seen too
WIDEST = 1.0  # how much of a wide prior is shown, in widths of what is learned
EDGE = 0.015  # beside the ends of a share, so that a truth of 0 or 1 is seen
THIN = {"dash": True, "width": 2}


def updating(result: Learned, intro: bool = True) -> Reel:
    """Return the reel: frame i shows what is believed after so many observations, from none to all.

    It rests at the last frame, which the numbers beside it are of; played from there, it begins with the first.
    """
    counts = key_counts(len(result.data))
    panels = (_belief(result, counts), _next(result, counts), _interval(result, counts))
    pair, posteriors = result.spec.pair, [result.updates[k].posterior for k in counts]
    low, high = result.intervals[counts].T
    readouts = (
        Readout("n", "observations", counts.astype(float), "d"),
        Readout("mean", "posterior mean", np.array([each.mean() for each in posteriors])),
        Readout("sd", "posterior sd", np.array([each.sd() for each in posteriors]), ".3g"),
        Readout("low", "95 % interval, low", low),
        Readout("high", "high", high),
        Readout("evidence", "log evidence", result.evidence[counts]),
        Readout("truth", "truth", np.full(len(counts), pair.truth()), shown=False),
    )
    caption = f"After {{n:d}} observations the {pair.parameter} is believed to be {{mean:.3g}}, with 95 % of the belief between {{low:.3g}} and {{high:.3g}}."
    return Reel(
        panels, len(counts), (f"{caption} The truth is {{truth:.4g}}.",), readouts, fps=4 if len(counts) <= EACH else 10, start=len(counts) - 1, intro=intro
    )


def key_counts(n: int) -> Array:
    """Return the numbers of observations that have a frame: each at first, then fewer and fewer."""
    if n <= FRAMES:
        return np.arange(n + 1)
    return np.unique(np.concatenate([np.arange(EACH), np.round(np.geomspace(EACH, n, FRAMES - EACH)).astype(int)]))


# The belief


def _belief(result: Learned, counts: Array) -> Panel:
    pair, data = result.spec.pair, result.data
    prior, posteriors = result.updates[0].prior, [result.updates[k].posterior for k in counts]
    view = belief_view(result)
    x, density = _curves(posteriors, view)
    scaled = [pair.scaled(data[:k]) if k else None for k in counts]
    across, heights = _curves([each or prior for each in scaled], view)
    heights[[each is None for each in scaled]] = math.nan  # before the first observation
    still, before = _curves([prior], view)
    curve = _frames(x, density)
    layers = (
        Layer("path", pd.DataFrame({"x": still[0], "y": before[0]}), "always", "ghost", "prior", style=THIN),
        Layer("path", _frames(across, heights), role="context", label="likelihood, scaled", style={"width": 2}),
        Layer("area", curve, role="model", label="posterior", style={"opacity": 0.18}),
        Layer("path", curve, role="model", label="posterior", style={"width": 3}),
        Layer("rule", pd.DataFrame({"x": [pair.truth()]}), "always", "truth", "truth", style=THIN),
    )
    up = rising("density", density, np.array([grows_without_bound(each) for each in posteriors]))
    return Panel(Axis(pair.parameter, *view), up, layers, (0, 0, 0.6, 0.54), f"Belief about the {pair.parameter}")


def belief_view(result: Learned) -> tuple[float, float]:
    """Return what the parameter's axis spans: all that was learned, the truth, and as much of the prior as leaves that visible."""
    prior, truth = result.updates[0].prior, result.spec.pair.truth()
    if math.isfinite(prior.support.low) and math.isfinite(prior.support.high):
        return prior.support.low - EDGE, prior.support.high + EDGE
    some = result.updates[1 :: max(1, len(result.updates) // 12)]
    ends = np.array([[*each.posterior.quantile([0.003, 0.997])] for each in some])
    low, high = min(ends[:, 0].min(), truth), max(ends[:, 1].max(), truth)
    room = WIDEST * (high - low)
    below, above = prior.quantile([0.01, 0.99])
    low, high = max(min(low, below), low - room), min(max(high, above), high + room)
    air = 0.04 * (high - low)
    return max(float(low - air), prior.support.low), float(high + air)


def _curves(laws: list[Distribution], view: tuple[float, float]) -> tuple[Array, Array]:
    """Return points of densities, close where each is tall: x and height, (frames, points) each."""
    even = view[0] + (view[1] - view[0]) * EVEN
    x = np.array([np.sort(np.concatenate([even, np.clip(law.mean() + law.sd() * CLOSE, *view)])) for law in laws])
    return x, np.array([law.prob(row) for law, row in zip(laws, x, strict=True)])


def _frames(x: Array, y: Array) -> pd.DataFrame:
    return pd.DataFrame({"frame": np.repeat(np.arange(len(y)), y.shape[1]), "x": np.broadcast_to(x, y.shape).ravel(), "y": y.ravel()})


# The next value


def _next(result: Learned, counts: Array) -> Panel:
    pair, source, data = result.spec.pair, result.spec.pair.source(), result.data
    laws = [result.updates[k].predictive for k in counts]
    low, high = _value_view(laws, source, data)
    latest = pd.DataFrame({"frame": np.flatnonzero(counts), "x": data[counts[counts > 0] - 1]})
    rule = Layer("rule", latest, role="ink", label="latest observation", style={"width": 1.2, "opacity": 0.7})
    draw = _masses if source.discrete else _densities
    view, up, layers = draw(laws, source, data, counts, (low, high))
    return Panel(Axis(pair.value, *view, whole=source.discrete), up, (*layers, rule), (0, 0.54, 0.6, 0.46), "The next value, and the data so far")


def _value_view(laws: list[Distribution], source: Distribution, data: Array) -> tuple[float, float]:
    both = np.array([law.quantile([0.01, 0.99]) for law in (laws[-1], source)])
    return min(both[:, 0].min(), data.min()), max(both[:, 1].max(), data.max())


def _masses(laws: list[Distribution], source: Distribution, data: Array, counts: Array, ends: tuple) -> tuple[tuple, Axis, tuple[Layer, ...]]:
    k, width = whole(*ends)
    mass, bar = np.array([law.prob(k) for law in laws]), {"width": 0.8 * width}
    shares = np.array([[np.mean(data[:n] == each) if n else 0.0 for each in k] for n in counts])
    layers = (
        Layer("bars", _frames(k, mass).assign(**bar), role="model", label="prediction", style={"opacity": 0.45}),
        Layer("bars", pd.DataFrame({"x": k, "y": source.prob(k)}).assign(**bar), "always", "truth", "law of the data", style={"width": 1.6}),
        Layer("points", _frames(k, np.where(shares > 0, shares, math.nan)), role="ink", label="share of the data", style={"size": 7}),
    )
    tops = np.maximum(mass, np.minimum(shares, 2 * mass.max()))
    return (k[0] - 0.6 * width, k[-1] + 0.6 * width), rising("probability", np.maximum(tops, source.prob(k)), np.zeros(len(laws), bool)), layers


def _densities(laws: list[Distribution], source: Distribution, data: Array, counts: Array, ends: tuple) -> tuple[tuple, Axis, tuple[Layer, ...]]:
    air = 0.06 * (ends[1] - ends[0]) or 1.0
    view = (ends[0] - air, ends[1] + air)
    x, density = _curves(laws, view)
    across, true = _curves([source], view)
    up = rising("density", np.concatenate([density, np.tile(true, (len(laws), 1))], axis=1), np.zeros(len(laws), bool))
    seen = np.searchsorted(counts, np.arange(1, len(data) + 1))  # the frame in which a value is first among the data
    layers = (
        Layer("area", _frames(x, density), role="model", label="prediction", style={"opacity": 0.16}),
        Layer("path", _frames(x, density), role="model", label="prediction", style={"width": 2.5}),
        Layer("path", pd.DataFrame({"x": across[0], "y": true[0]}), "always", "truth", "law of the data", style=THIN),
        Layer(
            "points", pd.DataFrame({"frame": seen, "x": data, "y": 0.03 * up.low + 0.03 * up.high}), "until", "ink", "data", style={"size": 7, "opacity": 0.45}
        ),
    )
    return view, up, layers


# The interval


def _interval(result: Learned, counts: Array) -> Panel:
    """Return the interval against n, as far as it has come; on a log axis, which has no 0, where there are many."""
    truth, log = result.spec.pair.truth(), bool(counts[-1] > MANY)
    shown = counts[1:] if log else counts
    low, high = result.intervals[shown].T
    first = 0 if log else 1  # a wide prior leaves the picture
    least, most = min(low[first:].min(), truth), max(high[first:].max(), truth)
    air = 0.06 * (most - least)
    rows = pd.DataFrame({"frame": np.arange(len(shown)) + len(counts) - len(shown), "x": shown.astype(float)})
    mean = [result.updates[k].posterior.mean() for k in shown]
    layers = (
        Layer("area", rows.assign(y=high, base=low), "until", "model", "95 % interval", style={"opacity": 0.3}),
        Layer("path", rows.assign(y=mean), "until", "model", "posterior mean", style={"width": 2.6}),
        Layer("points", rows.assign(y=mean), "frame", "model", style={"size": 10}),
        Layer("rule", pd.DataFrame({"y": [truth]}), "always", "truth", "truth", style=THIN),
    )
    across = Axis("observations, n", 1.0 if log else 0.0, float(counts[-1]), log=log, whole=not log)
    return Panel(across, Axis(result.spec.pair.parameter, least - air, most + air), layers, (0.6, 0, 0.4, 1), "95 % interval against n")
