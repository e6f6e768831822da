"""Student's t law in the plane."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from core.distributions.base import Array
from core.distributions.multivariate.base import gamma_quantile
from core.distributions.multivariate.elliptical import RHO, Elliptical, middle, width
from core.distributions.multivariate.normal import LOG_2PI
from core.distributions.real_line.student_t import StudentT
from core.distributions.special import log1p_square
from core.params import param


@dataclass(frozen=True)
class BivariateT(Elliptical):
    """A normal cloud whose width is itself a matter of chance: calm days and wild days, on which both numbers are far out together.

    f(x) = (1 + q / df)^(-(df + 2) / 2) / (2 pi sqrt(det S)): in two dimensions the factor in front does not depend on df.
    A draw is mu + L z / sqrt(w), with L L' = S, z two standard normals and w a chi-squared over its df.
    https://en.wikipedia.org/wiki/Multivariate_t-distribution
    """

    df: float = param(
        5.0,
        "Degrees of freedom",
        low=1,
        high=30,
        step=0.5,
        bounds=(1e-3, 1e8),
        symbol=r"\nu",
        help="The fewer, the heavier the tails; covariances need more than 2.",
    )
    mu_x: float = middle("x")
    mu_y: float = middle("y")
    sigma_x: float = width("x", "Scale")
    sigma_y: float = width("y", "Scale")
    rho: float = param(0.6, "Correlation", **RHO, help="How far y follows x; at 0 they are uncorrelated, but far out together all the same.")

    title = "Student t in the plane"
    story = "A normal cloud of random width: markets, where both numbers are far out on the same days."
    lead = "df"
    reach = 4.6
    n_normals = 3
    density = (
        r"\begin{gathered}\frac{1}{2\pi\,<sigma_x>\,<sigma_y>\sqrt{1-<rho>^2}}"
        r"\left(1+\frac{u^2-2\,<rho>\,u\,v+v^2}{<df>\,(1-<rho>^2)}\right)^{-\frac{<df>+2}{2}}\\[4pt]"
        r"u=\frac{x-<mu_x>}{<sigma_x>},\quad v=\frac{y-<mu_y>}{<sigma_y>}\end{gathered}"
    )
    reference = "https://en.wikipedia.org/wiki/Multivariate_t-distribution"

    def log_prob(self, x: ArrayLike) -> Array:
        return -0.5 * (self.df + 2) * log1p_square(self.away(x) / math.sqrt(self.df)) - LOG_2PI - self.log_area()

    def _stretched(self, z: Array, w: Array) -> Array:
        """Return the points for normals z (n, 2) and mixing values w (n,)."""
        with np.errstate(all="ignore"):  # with few degrees of freedom w underflows, and the point is infinitely far
            return self.place(z / np.sqrt(w)[:, None])

    def push(self, z: Array) -> Array:
        half = 0.5 * self.df
        return self._stretched(z[:, :2], gamma_quantile(half, z[:, 2]) / half)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return self._stretched(rng.standard_normal((n, 2)), rng.chisquare(self.df, n) / self.df)

    def mean(self) -> Array:
        return np.array([self.mu_x, self.mu_y]) if self.df > 1 else np.full(2, math.nan)

    def covariance(self) -> Array:
        if self.df > 2:
            return self.shape_matrix() * (self.df / (self.df - 2))
        spread = math.inf if self.df > 1 else math.nan
        return np.array([[spread, math.nan], [math.nan, spread]])  # x y has an infinite mean on either side of 0

    def cumulants(self) -> Array:
        if self.df <= 4:
            return np.full((2, 2), math.inf if self.df > 2 else math.nan)
        c = self.covariance()
        return 2 / (self.df - 4) * (np.outer(np.diag(c), np.diag(c)) + 2 * c * c)

    def marginals(self) -> tuple[StudentT, StudentT]:
        return StudentT(self.df, self.mu_x, self.sigma_x), StudentT(self.df, self.mu_y, self.sigma_y)

    def given(self, x: float) -> StudentT:
        """Return the law of y once x is known: the farther out x, the wider."""
        u = (x - self.mu_x) / self.sigma_x
        stretch = math.sqrt((self.df + u * u) / (self.df + 1))
        return StudentT(self.df + 1, self.mu_y + self.slope() * (x - self.mu_x), self.sigma_y * self.slack() * stretch)

    def radius(self, mass: float) -> float:
        """Return sqrt(q) of the ellipse that holds a share of the mass: P(Q > q) = (1 + q / df)^(-df / 2)."""
        power = -2 / self.df * math.log1p(-mass)
        return math.sqrt(self.df * math.expm1(power)) if power < 700 else math.inf

    def entropy(self) -> float:
        return LOG_2PI + self.log_area() + 1 + 2 / self.df
