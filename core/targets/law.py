"""A law of the zoo as a target."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core import distributions
from core.distributions import Normal
from core.distributions.base import Distribution
from core.params import param
from core.targets.base import Array, Target
from core.targets.function import central

STEPS = (1e-2, 1e-4, 1e-6, 1e-8)  # of the middle half of the mass
NOISE = (1e-7, 1e-6, 1e-4)  # by how much the differences over one step and the next may differ through rounding


def densities() -> tuple[type[Distribution], ...]:
    """Return the laws with a density and no mass at single values."""
    return tuple(cls for cls in distributions.CONTINUOUS if not cls().atoms)


@dataclass(frozen=True)
class Law(Target):
    """Any law with a density: its numbers are exact, so it is the first thing to try a sampler on.

    https://en.wikipedia.org/wiki/Probability_density_function
    """

    law: Distribution = param(Normal(), "Law", family=densities, help="Which law it is.")

    title = "A law of the zoo"
    story = "Any law with a density from the zoo of distributions, with its exact numbers."
    dim = 1
    differences = True

    def agree(self) -> None:
        if self.law.discrete or self.law.atoms:
            raise ValueError(f"law must have a density, got {self.law!r}: try Normal()")
        try:
            window = self.law.window()
        except (ArithmeticError, TypeError, ValueError):
            window = (math.nan, math.nan)
        if not -math.inf < window[0] < window[1] < math.inf:
            raise ValueError(f"law must lie within the range of a double, got {self.law!r}: try Normal()")

    @property
    def window(self) -> Array:
        return np.array([self.law.window()])

    def log_density(self, x: Array) -> Array:
        return np.asarray(self.law.log_prob(x[:, 0]))

    def slope(self, x: Array) -> Array:
        """Return central differences over steps that are small beside the law's middle half and the distance from an edge.

        Near a kink, where a step and one a hundred times smaller disagree, the smaller one counts.
        """
        first, third = (float(self.law.quantile(q)) for q in (0.25, 0.75))
        gap = np.minimum(np.abs(x - self.law.support.low), np.abs(x - self.law.support.high))
        found = self._differences(x, np.minimum(STEPS[0] * (third - first), 0.02 * gap))
        near = np.arange(len(x))
        for share, noise in zip(STEPS[1:], NOISE, strict=True):
            finer = self._differences(x[near], np.minimum(share * (third - first), 0.02 * gap[near]))
            off = ~(np.abs(found[near] - finer) * (third - first) <= noise * (1 + np.abs(finer) * (third - first)))[:, 0]
            near = near[off]
            found[near] = finer[off]
        return found

    def _differences(self, x: Array, step: Array) -> Array:
        return central(lambda points: self.law.log_prob(points[:, 0]), x, np.maximum(step, 1e-300))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return np.asarray(self.law.sample(rng, n), float)[:, None]

    def mean(self) -> Array:
        return np.array([self.law.mean()], float)

    def covariance(self) -> Array:
        return np.array([[self.law.variance()]], float)
