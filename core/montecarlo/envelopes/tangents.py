"""Adaptive rejection: tangents of log f, which are added wherever the target was looked at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from core.montecarlo.envelopes.base import Array, Envelope
from core.params import param
from core.targets.base import Density


@dataclass(frozen=True)
class Tangents(Envelope):
    """Tangents of log f make a hull above every log-concave target, and touch it more closely with each dart that had to look. On a line only.

    Gilks and Wild (1992), https://doi.org/10.2307/2347565
    """

    title = "Tangents, adaptive"
    plane = False
    start: int = param(3, "Tangents at the start", low=2, high=10, step=1, bounds=(2, 30), help="How many places are looked at before the first dart.")
    most: int = param(30, "Tangents at most", low=2, high=60, step=1, bounds=(2, 100), help="The hull grows up to so many; then it stays.")

    def settled(self, target: Density) -> Self:
        """Return itself: its hull is made while it runs."""
        return self

    def log_prob(self, x: Array) -> Array:
        """Return nothing of use: a hull has no fixed density."""
        return np.full(x.shape[:-1], -math.inf)
