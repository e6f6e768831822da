"""What every law of several numbers can do, and what follows from it."""

from __future__ import annotations

import math
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from core.distributions.base import Array, Distribution
from core.spec import Spec


class Multivariate(Spec):
    """Base of the laws of d numbers at once.

    A member gives: `log_prob`, `sample`, `push`, `mean`, `covariance`, `cumulants`, `marginals`, and its words. A draw is a row of d
    numbers, in the order of `columns`.

    Class attributes:
        title: the name in the menu.  story: one sentence: what it is the law of.
        columns: the names of the d numbers.
        discrete: True for a law on whole numbers.
        lead: the parameter whose sweep tells most about the law.
        n_normals: how many standard normals `push` turns into one draw.
        density: TeX; a parameter stands as <name>, so that one template gives the symbols and the current numbers.
        reference: a URL.
    """

    title: ClassVar[str]
    story: ClassVar[str]
    columns: ClassVar[tuple[str, ...]]
    discrete: ClassVar[bool] = False
    lead: ClassVar[str]
    n_normals: ClassVar[int]
    density: ClassVar[str]
    reference: ClassVar[str]

    @property
    def dim(self) -> int:
        """Return d, how many numbers a draw has."""
        return len(self.columns)

    def log_prob(self, x: ArrayLike) -> Array:
        """Return the log density (log mass for a discrete law): (..., d) -> (...); -inf outside the support, nan at nan."""
        raise NotImplementedError

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        """Draw n independent rows: (n, d), float64, or int64 for a discrete law."""
        raise NotImplementedError

    def push(self, z: Array) -> Array:
        """Turn standard normals into draws: (n, n_normals) -> (n, d). The same normals under a parameter a little larger move a little."""
        raise NotImplementedError

    def mean(self) -> Array:
        """Return E X: (d,); nan where undefined, inf where infinite."""
        raise NotImplementedError

    def covariance(self) -> Array:
        """Return E (X - mean)(X - mean)': (d, d); nan where undefined, inf where infinite."""
        raise NotImplementedError

    def cumulants(self) -> Array:
        """Return the fourth joint cumulants k(i, i, j, j) = E Yi^2 Yj^2 - Cii Cjj - 2 Cij^2 with Y = X - mean, C the covariance: (d, d)."""
        raise NotImplementedError

    def marginals(self) -> tuple[Distribution | None, ...]:
        """Return the law of each number on its own, None where it has no name here."""
        raise NotImplementedError

    # What follows

    def prob(self, x: ArrayLike) -> Array:
        """Return the density (the mass for a discrete law)."""
        return np.exp(self.log_prob(x))

    def sd(self) -> Array:
        """Return the standard deviation of each number: (d,)."""
        return np.sqrt(np.diag(self.covariance()))

    def mean_errors(self, n: int) -> Array:
        """Return the exact standard errors of the mean of n draws, sd / sqrt(n): (d,)."""
        return self.sd() / math.sqrt(n)

    def covariance_errors(self, n: int) -> Array:
        """Return the exact standard errors of the sample covariance of n draws (divisor n - 1): (d, d).

        Var(s_ij) = k(i, i, j, j) / n + (Cii Cjj + Cij^2) / (n - 1), for every law with four moments.
        https://en.wikipedia.org/wiki/K-statistic
        """
        c = self.covariance()
        variance = np.diag(c)
        with np.errstate(invalid="ignore"):
            return np.sqrt(self.cumulants() / n + (np.outer(variance, variance) + c * c) / (n - 1))

    def usual_distances(self, n: ArrayLike) -> tuple[Array, Array]:
        """Return the exact root mean square distance of the mean of n draws from the exact one, and the same of the covariance.

        The distance of matrices is the root of the sum of squared entries (Frobenius). It needs n >= 2; nan for less.
        """
        n, c, variance = np.asarray(n, float), self.covariance(), np.diag(self.covariance())
        with np.errstate(all="ignore"):
            spread = (np.outer(variance, variance) + c * c).sum()
            return np.sqrt(variance.sum() / n), np.where(n > 1, np.sqrt(self.cumulants().sum() / n + spread / (n - 1)), math.nan)


def gamma_quantile(shape: float, z: Array) -> Array:
    """Return the gamma quantile, at rate 1, of the probability of a standard normal z, from the thinner tail."""
    x, low = np.empty_like(z), z < 0
    x[low] = special.gammaincinv(shape, special.ndtr(z[low]))
    x[~low] = special.gammainccinv(shape, special.ndtr(-z[~low]))
    return x
