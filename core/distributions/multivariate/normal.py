"""The normal law in the plane."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from core.distributions.base import Array
from core.distributions.multivariate.elliptical import RHO, Elliptical, middle, width
from core.distributions.real_line.normal import Normal
from core.params import param

LOG_2PI = math.log(2 * math.pi)


@dataclass(frozen=True)
class BivariateNormal(Elliptical):
    """Two numbers that vary together: heights of fathers and sons, errors of two instruments on one bench.

    f(x) = exp(-q / 2) / (2 pi sqrt(det S)) with q = (x - mu)' inv(S) (x - mu).
    https://en.wikipedia.org/wiki/Multivariate_normal_distribution
    """

    mu_x: float = middle("x")
    mu_y: float = middle("y")
    sigma_x: float = width("x")
    sigma_y: float = width("y")
    rho: float = param(0.6, "Correlation", **RHO, help="How far y follows x: 0 not at all, 1 on a line.")

    title = "Normal in the plane"
    story = "Two numbers that vary together, such as the heights of fathers and sons."
    lead = "rho"
    n_normals = 2
    density = (
        r"\begin{gathered}\frac{1}{2\pi\,<sigma_x>\,<sigma_y>\sqrt{1-<rho>^2}}\,\exp\!\left(-\frac{u^2-2\,<rho>\,u\,v+v^2}{2\,(1-<rho>^2)}\right)\\[4pt]"
        r"u=\frac{x-<mu_x>}{<sigma_x>},\quad v=\frac{y-<mu_y>}{<sigma_y>}\end{gathered}"
    )
    reference = "https://en.wikipedia.org/wiki/Multivariate_normal_distribution"

    def log_prob(self, x: ArrayLike) -> Array:
        with np.errstate(over="ignore"):
            return -0.5 * self.away(x) ** 2 - LOG_2PI - self.log_area()

    def push(self, z: Array) -> Array:
        return self.place(z)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return self.place(rng.standard_normal((n, 2)))

    def mean(self) -> Array:
        return np.array([self.mu_x, self.mu_y])

    def covariance(self) -> Array:
        return self.shape_matrix()

    def cumulants(self) -> Array:
        return np.zeros((2, 2))

    def marginals(self) -> tuple[Normal, Normal]:
        return Normal(self.mu_x, self.sigma_x), Normal(self.mu_y, self.sigma_y)

    def given(self, x: float) -> Normal:
        return Normal(self.mu_y + self.slope() * (x - self.mu_x), self.sigma_y * self.slack())

    def radius(self, mass: float) -> float:
        return math.sqrt(-2 * math.log1p(-mass))

    def entropy(self) -> float:
        return LOG_2PI + 1 + self.log_area()
