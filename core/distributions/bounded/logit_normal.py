"""The logit-normal law."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from core.distributions.base import FINITE, POSITIVE, Array, Support
from core.distributions.continuous import Continuous
from core.distributions.normals import REACH, normal_nodes
from core.distributions.special import HALF_LOG_2PI
from core.params import param


@dataclass(frozen=True)
class LogitNormal(Continuous):
    """A probability whose log odds are normal.

    f(x) = exp(-(logit(x) - mu)^2 / (2 sigma^2)) / (sigma sqrt(2 pi) x (1 - x)) for 0 < x < 1.
    https://en.wikipedia.org/wiki/Logit-normal_distribution
    """

    mu: float = param(0.0, "Mean of the log odds", low=-3, high=3, step=0.1, bounds=FINITE, symbol=r"\mu", help="At 0 the law is symmetric about one half.")
    sigma: float = param(1.0, "Spread of the log odds", low=0.2, high=4, step=0.05, bounds=POSITIVE, symbol=r"\sigma", help="Above 1.4 the law has two peaks.")

    title = "Logit-normal"
    story = "A probability whose log odds vary normally between people, as in a logistic regression with random effects."
    use = (
        "Probabilities that differ between people or groups, as random effects on the log-odds scale. It has no closed-form mean; if no other "
        "covariates enter, the beta law is easier."
    )
    density = r"\frac{1}{<sigma>\sqrt{2\pi}\,x(1-x)}\exp\left(-\frac{(\mathrm{logit}\,x-<mu>)^2}{2\,<sigma>^2}\right)"
    formulas = {
        "mean": r"\text{by numerical integration}",
        "variance": r"\text{by numerical integration}",
        "skewness": r"\text{by numerical integration}",
        "excess_kurtosis": r"\text{by numerical integration}",
        "entropy": r"\tfrac{1}{2}\log(2\pi e\,<sigma>^2)+\mathrm{E}\log\left[X(1-X)\right]",
    }
    reference = "https://en.wikipedia.org/wiki/Logit-normal_distribution"
    support = Support(0.0, 1.0)

    def _z(self, x: Array) -> Array:
        return (special.logit(x) - self.mu) / self.sigma

    def log_density(self, x: Array) -> Array:
        inside = -0.5 * self._z(x) ** 2 - HALF_LOG_2PI - math.log(self.sigma) - np.log(x) - np.log1p(-x)
        return np.where((x == 0) | (x == 1), -math.inf, inside)

    def below(self, x: Array) -> Array:
        return special.ndtr(self._z(x))

    def log_below(self, x: Array) -> Array:
        return special.log_ndtr(self._z(x))

    def log_above(self, x: Array) -> Array:
        return special.log_ndtr(-self._z(x))

    def inverse(self, q: Array) -> Array:
        return special.expit(self.mu + self.sigma * special.ndtri(q))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return special.expit(rng.normal(self.mu, self.sigma, n))

    @cached_property
    def _nodes(self) -> tuple[Array, Array]:
        """Nodes and weights for E g(Z): the odds bend where mu + sigma z is 0; far below that they grow like e^(sigma z)."""
        bend = -self.mu / self.sigma
        return normal_nodes(bend, 1 / self.sigma, REACH + min(4 * self.sigma, abs(bend)))

    @cached_property
    def _moments(self) -> tuple[float, float, float, float]:
        """Mean, variance, skewness and kurtosis for -|mu|, from x / expit(mu) - 1, which is expm1(s) / (1 + e^(mu + s)) at s = sigma z."""
        nodes, weights = self._nodes
        s, low = self.sigma * (nodes if self.mu <= 0 else -nodes), -abs(self.mu)
        with np.errstate(all="ignore"):
            gaps = np.where(s > 0, -np.expm1(-s) / (np.exp(-s) + math.exp(low)), np.expm1(s) / (1 + np.exp(low + np.minimum(s, 0.0))))
        center = float(weights @ gaps)
        second, third, fourth = (float(weights @ (gaps - center) ** j) for j in (2, 3, 4))
        unit = float(special.expit(low))
        return unit * (1 + center), unit**2 * second, third / second**1.5, fourth / second**2

    def mean(self) -> float:
        return self._moments[0] if self.mu <= 0 else 1 - self._moments[0]

    def variance(self) -> float:
        return self._moments[1]

    def skewness(self) -> float:
        return 0.0 if not self.mu else self._moments[2] if self.mu < 0 else -self._moments[2]

    def excess_kurtosis(self) -> float:
        return self._moments[3] - 3

    def entropy(self) -> float:
        nodes, weights = self._nodes
        size = np.abs(self.mu + self.sigma * nodes)
        return HALF_LOG_2PI + 0.5 + math.log(self.sigma) - float(weights @ (size + 2 * np.log1p(np.exp(-size))))
