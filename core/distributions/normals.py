"""What the laws built on the normal one share: expectations by quadrature, Mills' ratio, and the mass of an interval."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.polynomial import legendre
from scipy import special

Array = np.ndarray
CENTRAL = 1e-3  # between this and its complement a plain probability has 13 digits of either tail
NODES, WEIGHTS = legendre.leggauss(20)
TAIL_NODES, TAIL_WEIGHTS = legendre.leggauss(26)
REACH = 10.0  # so many standard deviations out a normal density has nothing left
ROOT_2 = math.sqrt(2)
ROOT_HALF_PI = math.sqrt(0.5 * math.pi)


def panel_nodes(edges: Array) -> tuple[Array, Array]:
    """Return the nodes and weights of a Gauss rule on each panel between rising edges."""
    half = 0.5 * np.diff(edges)[:, None]
    return (edges[:-1, None] + half * (NODES + 1)).ravel(), (half * WEIGHTS).ravel()


def normal_nodes(bend: float, width: float, reach: float = REACH) -> tuple[Array, Array]:
    """Return nodes and weights for E g(Z), Z standard normal, where g bends within `width` of the point `bend`.

    Panels of at most 1.25, and around the bend panels that double from `width` on.
    """
    edges = np.linspace(-reach, reach, math.ceil(1.6 * reach) + 1)
    if width < 2.5:
        doubling = width * 2.0 ** np.arange(-1, max(0, math.ceil(math.log2(2.5 / width))) + 1)
        around = bend + np.concatenate([-doubling[::-1], [0.0], doubling])
        edges = np.unique(np.concatenate([edges, around[np.abs(around) < reach]]))
    nodes, weights = panel_nodes(edges)
    weights *= np.exp(-0.5 * nodes**2) / math.sqrt(2 * math.pi)
    return nodes, weights


def mills(u: Array) -> Array:
    """Return Mills' ratio, the upper tail over the density of the standard normal law."""
    return ROOT_HALF_PI * special.erfcx(u / ROOT_2)


def gaussian_mills(slope: Array, curvature: float, start: Array, pace: float) -> Array:
    """Integrate exp(-slope s - curvature s^2 / 2) R(start + pace s) / R(start) over s > 0, R the ratio of Mills; start >= 0.

    The left tails of the skew normal and of the exponentially modified normal law have this form.
    """
    scale = math.sqrt(curvature)
    steep = np.maximum(slope, 0.0)
    reach = 80 / (steep + np.sqrt(steep**2 + 80 * curvature)) + np.where(slope < 0, 1 / scale, 0.0)  # the exponent falls to -40
    s = 0.5 * reach[..., None] * (TAIL_NODES + 1)
    values = np.exp(-(slope[..., None] + 0.5 * curvature * s) * s) * special.erfcx((start[..., None] + pace * s) / ROOT_2)
    return 0.5 * reach * (values @ TAIL_WEIGHTS) / special.erfcx(start / ROOT_2)


def log_decay(slope: Array, width: Array) -> Array:
    """Return log of the integral of exp(-slope s - s^2 / 2) over 0 < s < width, for slope >= 0: the mass of an interval over the density at its start."""
    slope, width = np.broadcast_arrays(slope, width)
    fall = width * (slope + 0.5 * width)
    long = np.log(mills(slope) - np.exp(-fall) * mills(slope + width))
    short = fall < 2
    if not short.any():
        return long
    s = 0.5 * width[..., None] * (NODES + 1)
    values = np.exp(-s * (slope[..., None] + 0.5 * s)) @ (0.5 * WEIGHTS)
    return np.where(short, np.log(width) + np.log(np.where(short, values, 1.0)), long)


def central_quantile(cdf: Callable[[Array], Array], density: Callable[[Array], Array], q: Array, x: Array) -> Array | None:
    """Improve a start x by Newton's steps on plain probabilities; None where q is not central, or the steps do not settle."""
    thin = np.minimum(q, 1 - q)
    if not q.size or thin.min() < CENTRAL:
        return None
    for _ in range(9):
        gap = q - cdf(x)
        x = x + gap / density(x)
        if (np.abs(gap) < 1e-8 * thin).all():  # the next gap is the square of this one
            return x
    return None
