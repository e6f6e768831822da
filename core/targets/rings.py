"""How far from a centre a point of a soft ring lies: its mass, its moments and its exact draws, which rings and moons share."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from core.targets.base import Array


def log_mass(radius: float, width: float) -> float:
    """Return the log of the integral over r > 0 of r exp(-(r - radius)^2 / (2 width^2))."""
    return math.log(_power(radius, width, 1))


def _power(radius: float, width: float, k: int) -> float:
    """Return the integral of r^k exp(-(r - radius)^2 / (2 width^2)) over r > 0: I(k) = radius I(k-1) + (k-1) width^2 I(k-2), with an edge term for k = 1."""
    zero = width * math.sqrt(math.pi / 2) * float(special.erfc(-radius / (width * math.sqrt(2))))
    values = [zero, radius * zero + width**2 * math.exp(-0.5 * (radius / width) ** 2)]
    while len(values) <= k:
        values.append(radius * values[-1] + (len(values) - 1) * width**2 * values[-2])
    return values[k]


def moments(radius: float, width: float) -> tuple[float, float]:
    """Return E r and E r^2."""
    mass = _power(radius, width, 1)
    return _power(radius, width, 2) / mass, _power(radius, width, 3) / mass


def sample(rng: np.random.Generator, n: int, radius: float, width: float) -> Array:
    """Draw distances: (n,).

    r exp(-(r - radius)^2 / (2 width^2)) has the top m = (radius + sqrt(radius^2 + 4 width^2)) / 2, and its log bends down at least as
    fast as a bell of that width everywhere, so that a bell at m lies above it: draws of that bell are kept by their ratio, at least 65 %.
    """
    top = 0.5 * (radius + math.sqrt(radius**2 + 4 * width**2))
    kept, missing = [np.empty(0)], n
    while missing > 0:
        tries = 2 * missing + 16
        r = top + width * rng.standard_normal(tries)
        log_u = np.log(rng.random(tries))
        with np.errstate(invalid="ignore", divide="ignore"):
            ratio = np.log(r / top) - 0.5 * np.square((r - radius) / width) + 0.5 * ((top - radius) / width) ** 2 + 0.5 * np.square((r - top) / width)
        held = r[(r > 0) & (log_u < ratio)][:missing]
        kept.append(held)
        missing -= len(held)
    return np.concatenate(kept)
