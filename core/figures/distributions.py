"""Stills of the distribution explorer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from core.distributions.explore import Draws, Explore
from core.figures.theme import colour, layout

POINTS = 400


def histogram(spec: Explore, draws: Draws, dark: bool = False) -> go.Figure:
    """Draw the histogram of all n samples under the exact density (the exact mass for a discrete law)."""
    rows = histogram_rows(draws)
    unit = "probability" if spec.dist.discrete else "density"
    figure = go.Figure(layout=layout("x", unit, dark))
    figure.add_bar(
        x=rows["middle"],
        y=rows["density"],
        width=rows["high"] - rows["low"] if not spec.dist.discrete else 0.8 * (rows["high"] - rows["low"]),
        name=f"{draws.n:,} samples",
        marker={"color": colour("model", dark), "opacity": 0.45, "line": {"width": 0}},
        customdata=rows["count"],
        hovertemplate="%{customdata:,} samples<extra></extra>",
    )
    truth = {"color": colour("truth", dark), "width": 2.5}
    if spec.dist.discrete:
        figure.add_scatter(
            x=rows["middle"], y=rows["exact"], name="exact mass", mode="markers", marker={"color": truth["color"], "size": 8, "symbol": "diamond"}
        )
    else:
        x = np.linspace(draws.edges[0], draws.edges[-1], POINTS)
        density = spec.dist.prob(x)
        figure.add_scatter(x=x, y=np.where(np.isfinite(density), density, np.nan), name="exact density", mode="lines", line=truth)
        figure.update_yaxes(range=[0, 1.15 * max(float(rows["density"].max()), float(np.nanquantile(density, 0.97)))])
    return figure


def histogram_rows(draws: Draws) -> pd.DataFrame:
    """Return the rows of the histogram: low, high, middle, count, density, and the exact density (or mass)."""
    low, high = draws.edges[:-1], draws.edges[1:]
    middle, dist = (low + high) / 2, draws.spec.dist
    exact = (dist.cdf(high) - dist.cdf(low)) / (high - low)
    return pd.DataFrame({"low": low, "high": high, "middle": middle, "count": draws.counts, "density": draws.density(), "exact": exact})


def histogram_words(draws: Draws) -> str:
    """Say what the still shows, in one sentence."""
    rows = histogram_rows(draws)
    tallest = rows.loc[rows["count"].idxmax()]
    outside = draws.below + draws.above
    shape = f"Histogram of {draws.n:,} samples, {draws.spec.dist.title} law; it is tallest near x = {tallest['middle']:.4g}"
    return f"{shape}, where the exact height is {tallest['exact']:.4g} and the samples give {tallest['density']:.4g}; {outside:,} samples lie outside the view."
