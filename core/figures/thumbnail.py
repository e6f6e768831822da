"""A small picture of an experiment, drawn from the engine itself, for the door that leads to it."""

from __future__ import annotations

import numpy as np

from core.distributions.base import Distribution

WIDTH, HEIGHT, FLOOR, TOP = 320, 150, 138, 12
POINTS = 161


def thumbnail(dist: Distribution, colour: str, ink: str) -> str:
    """Return the density (or the masses) of a distribution as SVG."""
    low, high = dist.window()
    if dist.discrete:
        k = np.arange(np.ceil(low), np.floor(high) + 1)
        x, y = k, dist.prob(k)
    else:
        x = np.linspace(low, high, POINTS)
        y = dist.prob(x)
    y = np.minimum(np.where(np.isfinite(y), y, 0.0), 4 * np.quantile(y[np.isfinite(y)], 0.95))
    across = 6 + (x - low) / (high - low) * (WIDTH - 12)
    up = FLOOR - y / y.max() * (FLOOR - TOP)
    body = _bars(across, up, colour) if dist.discrete else _curve(across, up, colour)
    floor = f'<line x1="6" y1="{FLOOR}" x2="{WIDTH - 6}" y2="{FLOOR}" stroke="{ink}" stroke-opacity="0.35"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>{dist.title}</title>{body}{floor}</svg>'


def _curve(across: np.ndarray, up: np.ndarray, colour: str) -> str:
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, up, strict=True))
    fill = f'<polygon points="{across[0]:.1f},{FLOOR} {line} {across[-1]:.1f},{FLOOR}" fill="{colour}" fill-opacity="0.16"/>'
    return f'{fill}<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="3" stroke-linejoin="round"/>'


def _bars(across: np.ndarray, up: np.ndarray, colour: str) -> str:
    width = 0.7 * (across[1] - across[0]) if len(across) > 1 else 20
    return "".join(
        f'<rect x="{x - width / 2:.1f}" y="{y:.1f}" width="{width:.1f}" height="{FLOOR - y:.1f}" fill="{colour}"/>' for x, y in zip(across, up, strict=True)
    )
