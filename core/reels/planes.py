"""The normal and Student's t law in the plane, as they follow the hand: density, ellipses, cloud, and what x says about y."""

from __future__ import annotations

import math

import numpy as np

from core.distributions.base import Array
from core.distributions.multivariate.elliptical import WIDTHS, Elliptical
from core.reels.curves import rising
from core.reels.reel import Axis, Layer, Panel, Readout
from core.reels.stamped import ROUND, stamped
from core.rng import stream

CELLS = 53  # of the density, along each side
CLOUD = 250  # points
CURVE = 141  # points of a curve
OUT = 1.5  # standard deviations above its middle at which x is held
SHARES = (0.95, 0.5)
HELD = "50 % and 95 % of the mass"
GRAIN = 0.6  # cells by which the density is blurred, so that a narrow ridge does not break into beads
LEFT, UPPER, LOWER = (0, 0, 0.52, 1), (0.52, 0, 0.48, 0.5), (0.52, 0.5, 0.48, 0.5)
CAPTION = "at x = {held:.3g} the mean of y is {mean:.3g} and its standard deviation {sd:.3g}, against {plain:.3g} before x was known."
THIN = {"dash": True, "width": 1.5, "opacity": 0.8}

Picture = tuple[tuple[Panel, ...], tuple[Readout, ...], str]


def planes(members: list[Elliptical], seed: int) -> Picture:
    """Return panels, read-outs and caption of the laws, one a frame."""
    x, y = _view(members)
    panels = (_plane(members, x, y, seed), *_sides(members, x, y))
    return panels, _readouts(members), CAPTION


def _view(members: list[Elliptical]) -> tuple[Axis, Axis]:
    """Return a square view that holds every centre and a typical width around it."""
    typical = members[0].reach * float(np.median([max(law.sigma_x, law.sigma_y) for law in members]))
    ends = [(min(middles), max(middles)) for middles in ([law.mu_x for law in members], [law.mu_y for law in members])]
    half = typical + 0.5 * max(high - low for low, high in ends)
    return tuple(Axis(name, (low + high) / 2 - half, (low + high) / 2 + half) for name, (low, high) in zip("xy", ends, strict=True))


def _plane(members: list[Elliptical], x: Axis, y: Axis, seed: int) -> Panel:
    n, unit = len(members), np.stack([np.cos(ROUND), np.sin(ROUND)], axis=-1)
    z = stream(seed, "cloud").standard_normal((CLOUD, members[0].n_normals))
    cloud = np.array([law.push(z) for law in members])  # (frames, points, 2)
    held = np.array([[law.mu_x + OUT * law.sigma_x] for law in members])
    ends = np.array([x.low, x.high])
    means = np.array([law.mu_y + law.slope() * (ends - law.mu_x) for law in members])
    layers = [_density(members, x, y)]
    for share, width in zip(SHARES, (2, 3.2), strict=True):
        ring = np.array([law.place(min(law.radius(share), 1e6) * unit) for law in members])
        layers.append(Layer("path", stamped(n, x=ring[..., 0], y=ring[..., 1]), role="model", label=HELD, style={"width": width}))
    layers += [
        Layer("path", stamped(n, x=ends, y=means), role="ink", label="mean of y given x", style=THIN),
        Layer("points", stamped(n, x=cloud[..., 0], y=cloud[..., 1]), role="ink", label="draws", style={"size": 4.5, "opacity": 0.6}),
        Layer("rule", stamped(n, x=held), role="ink", label="x held here", style=THIN),
    ]
    return Panel(x, y, tuple(layers), area=LEFT, note="Density: with the same draws under every setting", equal=True)


def _density(members: list[Elliptical], x: Axis, y: Axis) -> Layer:
    """Return the density as a field, each frame relative to its own peak."""
    grain = GRAIN * (x.high - x.low) / CELLS
    across, up = (axis.low + (np.arange(CELLS) + 0.5) / CELLS * (axis.high - axis.low) for axis in (x, y))
    grid = np.stack(np.meshgrid(across, up), axis=-1)  # (rows, columns, 2)
    value = np.empty((len(members), CELLS * CELLS))
    for i, law in enumerate(members):
        seen = _blurred(law, grain)
        value[i] = np.exp(seen.log_prob(grid) - seen.log_prob(seen.place(np.zeros(2)))).ravel()
    row, column = (each.ravel() for each in np.indices((CELLS, CELLS)))
    return Layer("field", stamped(len(members), row=row, column=column, value=value), role="model", label="density")


def _blurred(law: Elliptical, grain: float) -> Elliptical:
    """Return the law whose S has grain^2 added to its diagonal."""
    wide, high = (min(math.hypot(sigma, grain), WIDTHS[1]) for sigma in (law.sigma_x, law.sigma_y))
    return law.replace(sigma_x=wide, sigma_y=high, rho=law.rho * (law.sigma_x / wide) * (law.sigma_y / high))


def _sides(members: list[Elliptical], x: Axis, y: Axis) -> tuple[Panel, Panel]:
    """Return the marginal of x, and the marginal of y beside its law once x is known."""
    n, grids = len(members), [np.linspace(axis.low, axis.high, CURVE) for axis in (x, y)]
    laws = [law.marginals() for law in members]
    first, second = (np.array([pair[i].prob(grids[i]) for pair in laws]) for i in (0, 1))
    given = np.array([law.given(law.mu_x + OUT * law.sigma_x).prob(grids[1]) for law in members])
    held = np.array([[law.mu_x + OUT * law.sigma_x] for law in members])
    tall = np.minimum(np.maximum(second, given), 4 * second.max(axis=1, keepdims=True))
    return (
        Panel(
            x,
            rising("density", first, np.zeros(n, bool)),
            (*filled(grids[0], first), Layer("rule", stamped(n, x=held), role="ink", label="x held here", style=THIN)),
            area=UPPER,
            note="Marginal of x",
        ),
        Panel(
            y,
            rising("density", tall, np.zeros(n, bool)),
            (*filled(grids[1], second), Layer("path", stamped(n, x=grids[1], y=given), role="ink", label="y given this x", style={"width": 2.5})),
            area=LOWER,
            note="Marginal of y, and y once x is known",
        ),
    )


def filled(grid: Array, heights: Array) -> tuple[Layer, Layer]:
    """Return a marginal density as a line over its own shade."""
    rows = stamped(len(heights), x=grid, y=heights)
    return (
        Layer("area", rows, role="model", label="marginal", style={"opacity": 0.16}),
        Layer("path", rows, role="model", label="marginal", style={"width": 2.5}),
    )


def _readouts(members: list[Elliptical]) -> tuple[Readout, ...]:
    given = [law.given(law.mu_x + OUT * law.sigma_x) for law in members]
    values = {
        "covariance": ("covariance of x and y", [float(law.covariance()[0, 1]) for law in members], True),
        "slope": ("slope of y on x", [law.slope() for law in members], True),
        "area": ("area of the 95 % ellipse", [law.area(0.95) for law in members], True),
        "entropy": ("entropy (nats)", [law.entropy() for law in members], True),
        "held": ("x", [law.mu_x + OUT * law.sigma_x for law in members], False),
        "mean": ("mean of y given x", [each.mean() for each in given], False),
        "sd": ("sd of y given this x", [each.sd() for each in given], True),
        "plain": ("sd of y", [float(law.sd()[1]) for law in members], False),
    }
    return tuple(Readout(name, label, np.array(numbers, float), ".4g", shown) for name, (label, numbers, shown) in values.items())
