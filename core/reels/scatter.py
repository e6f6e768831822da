"""The Wishart law as it follows the hand: estimated covariances, each an ellipse around the true one."""

from __future__ import annotations

import math

import numpy as np

from core.distributions.base import Array
from core.distributions.multivariate.wishart import Wishart, matrices
from core.reels.curves import rising
from core.reels.planes import LEFT, LOWER, THIN, UPPER, Picture
from core.reels.reel import Axis, Layer, Panel, Readout
from core.reels.stamped import ROUND, ellipse, lines, stamped
from core.rng import stream

ELLIPSES = 33
TURNS = np.linspace(0, 2 * np.pi, 41)
OUT = 2.0  # standard deviations at which ellipses are drawn
CURVE = 161
CAPTION = "each ellipse is one estimate S / ν. A variance is off by {error:.0%} as a rule, which is √(2 / ν)."
REACH = 1.75  # how many times as far as the widest true ellipse the view shows


def wishart(members: list[Wishart], seed: int) -> Picture:
    """Return panels, read-outs and caption of Wishart laws, one a frame."""
    return (_ellipses(members, seed), *_sides(members)), _readouts(members), CAPTION


def _ellipses(members: list[Wishart], seed: int) -> Panel:
    z = stream(seed, "cloud").standard_normal((ELLIPSES, 3))
    estimates = np.array([matrices(law.push(z)) / law.df for law in members])  # (frames, ellipses, 2, 2)
    drawn, one = ellipse(np.zeros(2), estimates[:, 1:], OUT, TURNS), ellipse(np.zeros(2), estimates[:, 0], OUT, ROUND)
    true = np.array([ellipse(np.zeros(2), law.scale_matrix(), OUT, ROUND) for law in members])
    half = REACH * OUT * float(np.median([max(law.sigma_x, law.sigma_y) for law in members]))
    axes = (Axis(name, -half, half) for name in "xy")
    layers = (
        Layer("path", lines(drawn), role="model", label="estimates S / ν", style={"width": 1.2, "opacity": 0.45}),
        Layer("path", stamped(len(members), x=one[..., 0], y=one[..., 1]), role="ink", label="one of them", style={"width": 2.5}),
        Layer("path", stamped(len(members), x=true[..., 0], y=true[..., 1]), role="truth", label="true covariance", style={"width": 3.2, "dash": True}),
    )
    return Panel(*axes, layers, area=LEFT, note="Covariances: ellipses of two standard deviations", equal=True)


def _sides(members: list[Wishart]) -> tuple[Panel, Panel]:
    """Return the laws of an estimated variance and of an estimated correlation."""
    true = np.array([[law.sigma_x**2] for law in members])
    variance = np.linspace(0, 3.2 * float(np.median(true)), CURVE)
    first = np.array([law.marginals()[0].prob(variance * law.df) * law.df for law in members])
    r = np.sin(np.linspace(-math.pi / 2, math.pi / 2, CURVE + 2))[1:-1]  # closer together at the ends, where densities rise
    second = np.array([np.exp(law.log_correlation(r)) for law in members])
    unbounded = np.array([law.df < 3 for law in members])
    return (
        _side(Axis("estimated variance of x", 0, float(variance[-1])), variance, first, true, np.array([law.df < 2 for law in members]), UPPER),
        _side(Axis("estimated correlation", -1, 1), r, second, np.array([[law.rho] for law in members]), unbounded, LOWER),
    )


def _side(view: Axis, grid: Array, heights: Array, true: Array, unbounded: Array, area: tuple) -> Panel:
    rows = stamped(len(heights), x=grid, y=heights)
    layers = (
        Layer("area", rows, role="model", style={"opacity": 0.16}),
        Layer("path", rows, role="model", label="law of the estimate", style={"width": 2.5}),
        Layer("rule", stamped(len(heights), x=true), role="truth", label="truth", style=THIN),
    )
    return Panel(view, rising("density", heights, unbounded), layers, area=area, note=view.label.capitalize())


def _readouts(members: list[Wishart]) -> tuple[Readout, ...]:
    df = np.array([law.df for law in members])
    return (
        Readout("df", "degrees of freedom", df, ".4g"),
        Readout("rho", "true correlation", np.array([law.rho for law in members]), ".3g"),
        Readout("error", "relative error of a variance", np.sqrt(2 / df), ".1%"),
        Readout("det", "E det(S / ν) / det V", (df - 1) / df, ".3f"),
    )
