"""The inverse Gaussian law, also called Wald."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from core.distributions.base import POSITIVE, Array
from core.distributions.continuous import HALF_LINE, Continuous
from core.distributions.series import solve
from core.distributions.special import HALF_LOG_2PI, NODES, WEIGHTS, log_complement
from core.params import param


@dataclass(frozen=True)
class InverseGaussian(Continuous):
    """The time at which a particle that drifts and wanders first reaches a wall.

    f(x) = sqrt(shape / (2 pi x^3)) exp(-shape (x - mu)^2 / (2 mu^2 x)) for x > 0.
    https://en.wikipedia.org/wiki/Inverse_Gaussian_distribution
    """

    mu: float = param(1.0, "Mean", low=0.2, high=5, scale="log", bounds=POSITIVE, symbol=r"\mu", help="The mean time: distance over drift.")
    shape: float = param(
        1.0,
        "Shape",
        low=0.2,
        high=5,
        scale="log",
        bounds=POSITIVE,
        symbol=r"\lambda",
        help="The larger, the less the particle wanders: large is nearly normal.",
    )

    title = "Inverse Gaussian (Wald)"
    story = "The time at which a drifting, wandering particle first reaches a wall; reaction times, and repayments."
    use = (
        "Positive, right-skewed times to a threshold, with variance like the mean cubed. Compare with the log-normal and the gamma law by likelihood; "
        "they often fit as well and differ only far out."
    )
    density = r"\sqrt{\frac{<shape>}{2\pi x^3}}\,\exp\left(-\frac{<shape>\,(x-<mu>)^2}{2\,<mu>^2\,x}\right)"
    formulas = {
        "mean": r"<mu>",
        "variance": r"\frac{<mu>^3}{<shape>}",
        "skewness": r"3\sqrt{\frac{<mu>}{<shape>}}",
        "excess_kurtosis": r"\frac{15\,<mu>}{<shape>}",
        "entropy": r"\tfrac{1}{2}\log\frac{2\pi e\,<mu>^3}{<shape>}-\tfrac{3}{2}\,e^{\varphi}E_1(\varphi),\quad \varphi=\frac{2\,<shape>}{<mu>}",
    }
    reference = "https://en.wikipedia.org/wiki/Inverse_Gaussian_distribution"
    support = HALF_LINE

    def _sides(self, x: Array) -> tuple[Array, Array]:
        """Return a and b with P(X <= x) = Phi(a) + e^(2 shape / mu) Phi(-b) = Phi(a) + phi(a) / phi(b) Phi(-b)."""
        root = np.sqrt(self.shape) / np.sqrt(x)
        return root * ((x - self.mu) / self.mu), root * (x / self.mu + 1)

    def log_density(self, x: Array) -> Array:
        inside = 0.5 * math.log(self.shape) - HALF_LOG_2PI - 1.5 * np.log(x) - 0.5 * self._sides(x)[0] ** 2
        return np.where(x > 0, inside, -math.inf)

    def _log_tails(self, x: Array) -> tuple[Array, Array]:
        a, b = (side * math.sqrt(0.5) for side in self._sides(x))
        below = np.log(special.erfcx(np.abs(a)) + special.erfcx(b)) - math.log(2) - a * a  # for a < 0
        near, far = special.erfcx(np.maximum(a, -1.0)), special.erfcx(b)
        above = np.log(near - far) - math.log(2) - a * a  # for a > -1
        close = (a > -0.5) & (far > 0.9 * near)
        if close.any():  # a difference without digits: take it under the integral
            above = np.where(close, _log_difference(a, 2 * np.sqrt(0.5 * self.shape) / np.sqrt(x)) - a * a, above)
        left = a <= -0.5
        thin = np.where(left, below, above)
        thick = log_complement(thin)
        return np.where(x > 0, np.where(left, thin, thick), -math.inf), np.where(x > 0, np.where(left, thick, thin), 0.0)

    def below(self, x: Array) -> Array:
        a, b = self._sides(x)
        return np.where(x > 0, special.ndtr(a) + 0.5 * np.exp(-0.5 * a * a) * special.erfcx(b * math.sqrt(0.5)), 0.0)

    def log_below(self, x: Array) -> Array:
        return self._log_tails(x)[0]

    def log_above(self, x: Array) -> Array:
        return self._log_tails(x)[1]

    def inverse(self, q: Array) -> Array:
        # both without the second term and without drift the time comes out too long
        w = 0.5 * special.ndtri(q) * math.sqrt(self.mu / self.shape)
        levy = 0.5 * self.shape / np.where(q < 0.5, special.erfcinv(q), special.erfinv(1 - q)) ** 2
        return solve(self._log_tails, self.log_density, np.minimum(self.mu * np.exp(2 * np.arcsinh(w)), levy), q)

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        return rng.wald(self.mu, self.shape, n)

    def mean(self) -> float:
        return self.mu

    def variance(self) -> float:
        return self.mu**2 * (self.mu / self.shape)

    def skewness(self) -> float:
        return 3 * math.sqrt(self.mu / self.shape)

    def excess_kurtosis(self) -> float:
        return 15 * (self.mu / self.shape)

    def entropy(self) -> float:
        return HALF_LOG_2PI + 0.5 + 1.5 * math.log(self.mu) - 0.5 * math.log(self.shape) - 1.5 * _scaled_exp1(2 * self.shape / self.mu)


def _scaled_exp1(x: float) -> float:
    """Return e^x E_1(x)."""
    if x < 50:
        return math.exp(x) * float(special.exp1(x))
    fraction = 0.0
    for k in range(40, 0, -1):  # https://dlmf.nist.gov/6.9.1
        fraction = k / (1 + k / (x + fraction))
    return 1 / (x + fraction)


def _log_difference(a: Array, gap: Array) -> Array:
    """Return log of (erfcx(a) - erfcx(a + gap)) / 2, the integral of e^(-u^2 - 2 a u) (1 - e^(-2 gap u)) / sqrt(pi) over u > 0."""
    reach = 60 / (a + np.sqrt(a * a + 60))
    u = reach[..., None] * NODES
    values = np.exp(-u * (u + 2 * a[..., None])) * -np.expm1(-2 * gap[..., None] * u)
    return np.log(reach) + np.log(values @ WEIGHTS) - 0.5 * math.log(math.pi)
