"""The Wishart law of covariance matrices, two by two."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import Array
from core.distributions.multivariate.base import Multivariate, gamma_quantile
from core.distributions.multivariate.elliptical import RHO
from core.distributions.positive.gamma import Gamma
from core.distributions.special import HALF_LOG_2PI, deviance, stirling_error
from core.params import param

SCALE = {"low": 0.3, "high": 3, "step": 0.05, "bounds": (1e-5, 1e5)}
PICKS = np.array([[[1.0, 0.0], [0.0, 0.0]], [[0.0, 0.5], [0.5, 0.0]], [[0.0, 0.0], [0.0, 1.0]]])  # trace(PICKS[i] S) is column i
SPLITTER = 2.0**27 + 1


@dataclass(frozen=True)
class Wishart(Multivariate):
    """The scatter of normal data: S = z1 z1' + ... + zdf zdf' for normal z with covariance V, so that S / df estimates V.

    f(S) = det(S)^((df - 3) / 2) exp(-trace(inv(V) S) / 2) / (2^df det(V)^(df / 2) G2(df / 2)) over (s_xx, s_xy, s_yy), for S
    positive definite, where G2(h) = sqrt(pi) G(h) G(h - 1/2). V has sigma_x^2, sigma_y^2 and rho sigma_x sigma_y. Any df above 1 will do.

    A draw is the lower triangle (s_xx, s_xy, s_yy); `matrices` turns it into the matrix, and `log_prob` takes either form.
    https://en.wikipedia.org/wiki/Wishart_distribution
    """

    df: float = param(
        6.0,
        "Degrees of freedom",
        low=2,
        high=60,
        scale="log",
        bounds=(1.001, 1e8),
        symbol=r"\nu",
        help="How many normal points the scatter adds up. The more, the surer the estimate S / ν.",
    )
    sigma_x: float = param(1.4, "Standard deviation of x", symbol=r"\sigma_x", help="How wide the normal data are along x.", **SCALE)
    sigma_y: float = param(1.0, "Standard deviation of y", symbol=r"\sigma_y", help="How wide the normal data are along y.", **SCALE)
    rho: float = param(0.6, "Correlation", **RHO, help="How far y follows x in the normal data.")

    title = "Wishart"
    story = "The scatter matrix of normal data: what a covariance looks like when it is estimated from few points."
    columns = ("s_xx", "s_xy", "s_yy")
    lead = "df"
    n_normals = 3
    density = (
        r"\begin{gathered}\frac{|S|^{(<df>-3)/2}\;e^{-\frac{1}{2}\operatorname{tr}(V^{-1}S)}}{2^{<df>}\,|V|^{<df>/2}\,\Gamma_2(<df>/2)}\\[4pt]"
        r"V=\begin{pmatrix}<sigma_x>^2&<rho>\,<sigma_x>\,<sigma_y>\\ <rho>\,<sigma_x>\,<sigma_y>&<sigma_y>^2\end{pmatrix}\end{gathered}"
    )
    reference = "https://en.wikipedia.org/wiki/Wishart_distribution"

    def slack(self) -> float:
        """Return sqrt(1 - rho^2)."""
        return math.sqrt((1 - self.rho) * (1 + self.rho))

    def scale_matrix(self) -> Array:
        """Return V: (2, 2)."""
        beside = self.rho * self.sigma_x * self.sigma_y
        return np.array([[self.sigma_x**2, beside], [beside, self.sigma_y**2]])

    def log_prob(self, x: ArrayLike) -> Array:
        """Return the log density of triangles (..., 3) or symmetric matrices (..., 2, 2).

        With m = df - 1 and l1, l2 the eigenvalues of inv(V) S, G2(df / 2) = 4 pi G(m) / 2^df makes it the deviances of l1 and l2
        from m, plus small terms: the large ones cancel on paper.
        """
        sxx, sxy, syy = np.moveaxis(triangles(x), -1, 0)
        det = determinant(sxx, sxy, syy)
        outside = ~((sxx > 0) & (syy > 0) & (det > 0))
        sxx, sxy, syy, det = (np.where(outside, stand_in, each) for stand_in, each in ((1.0, sxx), (0.0, sxy), (1.0, syy), (1.0, det)))
        m, log_v = self.df - 1, 2 * (math.log(self.sigma_x) + math.log(self.sigma_y) + math.log(self.slack()))
        large, small = self._eigenvalues(sxx, sxy, det)
        with np.errstate(all="ignore"):
            spread = deviance(m, large) + deviance(m, small)
            inside = -0.5 * spread - np.log(large) - np.log(small) - 1.5 * log_v
        constant = math.log(4 * math.pi) + float(stirling_error(m)) + HALF_LOG_2PI - 0.5 * math.log(m)
        return np.where(np.isnan(triangles(x)).any(axis=-1), math.nan, np.where(outside, -math.inf, inside - constant))[()]

    def _eigenvalues(self, sxx: Array, sxy: Array, det: Array) -> tuple[Array, Array]:
        """Return the eigenvalues of inv(V) S, the larger first, from the terms that keep their digits when V or S is nearly singular."""
        first, slack = sxx / self.sigma_x**2, self.slack()
        tilt = (sxy * self.sigma_x - self.rho * sxx * self.sigma_y) / (sxx * self.sigma_y) / slack  # of S against V
        rest = det / sxx / self.sigma_y**2 / slack**2
        second, beside = rest + first * tilt * tilt, first * tilt
        large = 0.5 * (first + second) + np.hypot(0.5 * (first - second), beside)
        return large, first * (rest / large)

    def push(self, z: Array) -> Array:
        """Turn normals into triangles by Bartlett's decomposition: S = L A A' L', with A lower triangular and L L' = V."""
        return self._triangle(2 * gamma_quantile(self.df / 2, z[:, 0]), z[:, 1], 2 * gamma_quantile((self.df - 1) / 2, z[:, 2]))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return self._triangle(rng.chisquare(self.df, n), rng.standard_normal(n), rng.chisquare(self.df - 1, n))

    def _triangle(self, first: Array, beside: Array, second: Array) -> Array:
        """Return the triangles of L A A' L' where A has sqrt(first), beside, sqrt(second)."""
        x, slack = np.sqrt(first), self.slack()
        low = self.rho * x + slack * beside  # the second row of L A, over sigma_y: (low, slack sqrt(second))
        return np.stack([self.sigma_x**2 * first, self.sigma_x * self.sigma_y * x * low, self.sigma_y**2 * (low * low + slack**2 * second)], axis=-1)

    def mean(self) -> Array:
        return self.df * self.scale_matrix()[[0, 0, 1], [0, 1, 1]]

    def covariance(self) -> Array:
        v = self.scale_matrix()
        halves = PICKS @ v
        return 2 * self.df * np.einsum("iab,jba->ij", halves, halves)

    def cumulants(self) -> Array:
        """Return them from the cumulants of quadratic forms: 8 df times the sum of traces over the orders of the four factors."""
        halves = PICKS @ self.scale_matrix()

        def joint(i: int, j: int) -> float:
            first, *others = halves[[i, i, j, j]]
            return sum(float(np.trace(first @ a @ b @ c)) for a, b, c in permutations(others))

        return 8 * self.df * np.array([[joint(i, j) for j in range(3)] for i in range(3)])

    def marginals(self) -> tuple[Gamma | None, ...]:
        return Gamma(self.df / 2, 0.5 / self.sigma_x**2), None, Gamma(self.df / 2, 0.5 / self.sigma_y**2)

    def log_correlation(self, r: ArrayLike) -> Array:
        """Return the log density of the correlation s_xy / sqrt(s_xx s_yy) at r in (-1, 1).

        Hotelling (1953), eq. 25, with df in the place of n - 1. https://en.wikipedia.org/wiki/Pearson_correlation_coefficient#Using_the_exact_distribution
        """
        r, df, rho = np.asarray(r, float), self.df, self.rho
        with np.errstate(all="ignore"):
            away = (r - rho) / (1 - rho * r)  # (1 - rho^2)(1 - r^2) = (1 - rho r)^2 (1 - away^2)
            powers = df / 2 * np.log1p(-away * away) - 1.5 * np.log1p(-r * r) + 0.5 * np.log1p(-rho * r)
        scale = math.log(df - 1) - math.log(special.poch(df, 0.5)) - HALF_LOG_2PI
        return scale + powers + np.log(special.hyp2f1(0.5, 0.5, df + 0.5, (1 + rho * r) / 2))


def matrices(triangle: ArrayLike) -> Array:
    """Turn lower triangles into symmetric matrices: (..., 3) -> (..., 2, 2)."""
    triangle = np.asarray(triangle, float)
    return triangle[..., [[0, 1], [1, 2]]]


def triangles(x: ArrayLike) -> Array:
    """Turn symmetric matrices into their lower triangles: (..., 2, 2) -> (..., 3); triangles stay.

    Raises:
        ValueError: when the shape is neither.
    """
    x = np.asarray(x, float)
    if x.shape[-1:] == (3,):
        return x
    if x.shape[-2:] == (2, 2):
        return np.stack([x[..., 0, 0], x[..., 1, 0], x[..., 1, 1]], axis=-1)
    raise ValueError(f"x must have the shape (..., 3) or (..., 2, 2), got {x.shape}: try the rows of sample")


def determinant(sxx: Array, sxy: Array, syy: Array) -> Array:
    """Return sxx syy - sxy^2 with the rounding errors of both products put back, so that nearly singular matrices keep their digits."""
    upright, upright_lost = _two_product(sxx, syy)
    across, across_lost = _two_product(sxy, sxy)
    return (upright - across) + (upright_lost - across_lost)


def _two_product(a: Array, b: Array) -> tuple[Array, Array]:
    """Return a b rounded, and what the rounding lost (Dekker 1971)."""
    product = a * b
    a_high, b_high = (SPLITTER * each - (SPLITTER * each - each) for each in (a, b))
    a_low, b_low = a - a_high, b - b_high
    return product, a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)
