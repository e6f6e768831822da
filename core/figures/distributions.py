"""Stills of the distribution explorer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from scipy import special

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
        for place, _ in spec.dist.atoms:
            bar = rows[(rows["low"] < place) & (place <= rows["high"])]
            mark = {"color": truth["color"], "size": 9, "symbol": "diamond"}
            figure.add_scatter(x=bar["middle"], y=bar["exact"], name=f"exact bar, with the mass at {place:.4g}", mode="markers", marker=mark)
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
    return f"{shape}, where the exact height is {tallest['exact']:.4g} and the samples give {tallest['density']:.4g}; {outside:,} of them lie outside the view."


def ecdf(spec: Explore, draws: Draws, dark: bool = False) -> go.Figure:
    """Draw the empirical CDF of the first samples, its simultaneous 95 % band, and the exact CDF."""
    rows = ecdf_rows(draws)
    figure = go.Figure(layout=layout("x", "probability", dark))
    band = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "hoverinfo": "skip"}
    figure.add_scatter(x=rows["x"], y=rows["low"], showlegend=False, **band)
    figure.add_scatter(x=rows["x"], y=rows["high"], fill="tonexty", fillcolor=_pale(colour("model", dark)), name="95 % band", **band)
    step = {"color": colour("model", dark), "width": 1.5, "shape": "hv"}
    figure.add_scatter(x=rows["x"], y=rows["empirical"], name=f"first {len(rows):,} samples", mode="lines", line=step)
    shape = "hv" if spec.dist.discrete else "linear"
    figure.add_scatter(
        x=rows["x"], y=rows["exact"], name="exact CDF", mode="lines", line={"color": colour("truth", dark), "width": 2.5, "dash": "dash", "shape": shape}
    )
    return figure


def ecdf_rows(draws: Draws) -> pd.DataFrame:
    """Return x, the empirical CDF, its band (Dvoretzky, Kiefer and Wolfowitz 1956, with Massart's constant) and the exact CDF."""
    x = np.sort(draws.first).astype(float)
    empirical = np.arange(1, len(x) + 1) / len(x)
    half = np.sqrt(np.log(2 / 0.05) / (2 * len(x)))
    last = np.append(x[1:] != x[:-1], True)  # of equal values the last one holds the height of the step
    rows = pd.DataFrame(
        {"x": x, "empirical": empirical, "low": np.maximum(empirical - half, 0), "high": np.minimum(empirical + half, 1), "exact": draws.spec.dist.cdf(x)}
    )
    return rows[last].reset_index(drop=True)


def ecdf_words(draws: Draws) -> str:
    """Say how far the empirical CDF is from the exact one."""
    rows, n = ecdf_rows(draws), len(draws.first)
    before = np.concatenate([[0.0], rows["empirical"].to_numpy()[:-1]])
    left = draws.spec.dist.cdf_before(rows["x"].to_numpy())
    gap = max(float(np.abs(rows["empirical"] - rows["exact"]).max()), float(np.abs(left - before).max()))
    limit = float(np.sqrt(np.log(2 / 0.05) / (2 * n)))
    verdict = "inside" if gap <= limit else "outside"
    return f"Empirical CDF of the first {n:,} samples: the largest gap to the exact CDF is {gap:.3g}, {verdict} the 95 % band of ±{limit:.3g}."


def qq(spec: Explore, draws: Draws, dark: bool = False) -> go.Figure:
    """Draw the sorted samples against the exact quantiles, with the band that holds each of them in 95 % of samples."""
    rows = qq_rows(draws)
    figure = go.Figure(layout=layout("exact quantile", "sample quantile", dark))
    figure.update_yaxes(rangemode="normal")
    band = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    figure.add_scatter(x=rows["exact"], y=rows["low"], showlegend=False, **band)
    figure.add_scatter(x=rows["exact"], y=rows["high"], fill="tonexty", fillcolor=_pale(colour("truth", dark)), name="95 % of samples, point by point", **band)
    ends = [rows["exact"].min(), rows["exact"].max()]
    figure.add_scatter(x=ends, y=ends, name="exact", mode="lines", line={"color": colour("truth", dark), "width": 2, "dash": "dash"})
    figure.add_scatter(x=rows["exact"], y=rows["sample"], name="samples", mode="markers", marker={"color": colour("model", dark), "size": 6})
    return figure


def qq_rows(draws: Draws) -> pd.DataFrame:
    """Return exact and sample quantiles, thinned to 400, with the 95 % range of each order statistic: F(X_(i)) is Beta(i, n - i + 1)."""
    x, dist = np.sort(draws.first).astype(float), draws.spec.dist
    n = len(x)
    i = np.unique(np.round(np.linspace(1, n, min(n, POINTS))).astype(int))
    low, high = special.betaincinv(i, n - i + 1, 0.025), special.betaincinv(i, n - i + 1, 0.975)
    rows = pd.DataFrame({"exact": dist.quantile((i - 0.5) / n), "sample": x[i - 1], "low": dist.quantile(low), "high": dist.quantile(high)})
    return rows.astype(float)


def qq_words(draws: Draws) -> str:
    """Say how many sorted samples fall in their range."""
    rows = qq_rows(draws)
    inside = float(np.mean((rows["sample"] >= rows["low"]) & (rows["sample"] <= rows["high"])))
    return f"Sample against exact quantiles of the first {len(draws.first):,} samples: {inside:.1%} of the points lie in the range that holds each in 95 % of samples."


def _pale(hexadecimal: str) -> str:
    red, green, blue = (int(hexadecimal[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.18)"
