"""What the powers of a gamma variable share: chi-squared, chi, Maxwell, Nakagami, inverse gamma and the general one."""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from core.distributions.base import Array
from core.distributions.continuous import HALF_LINE
from core.distributions.series import exp, power_moments
from core.distributions.special import HALF_LOG_2PI, LARGE, digamma_error, log_complement, log_poisson, stirling_error
from core.distributions.tails import log_gamma_tails

LEAST = 1e-280  # below this the gamma variable is known by its logarithm only
THIN = 1e-200  # tails thinner than this, and shapes from LARGE on, are beyond SciPy's inverse


class GammaPower:
    """Mixed into a Continuous law of scale G^(1 / power), where G is Gamma(shape, 1); the power may be negative.

    With t = (x / scale)^power the law has f(x) = |power| t^shape e^-t / (x Gamma(shape)).
    """

    support = HALF_LINE

    def _law(self) -> tuple[float, float, float]:
        """Return shape, power and scale."""
        raise NotImplementedError

    def log_density(self, x: Array) -> Array:
        shape, power, scale = self._law()
        log_t, t = power * np.log(x / scale), (x / scale) ** power
        plain = np.where(log_t < 0, shape * log_t - special.gammaln(shape + 1), -math.inf)
        inside = np.where((t > LEAST) & (t < math.inf), log_poisson(shape, t), plain) + math.log(shape * abs(power)) - np.log(x)
        height = math.log(abs(power)) - math.log(scale) - math.lgamma(shape) if shape * power == 1 else 0.0
        start = special.xlogy(shape * power - 1, 0.0) + height if power > 0 else -math.inf  # at 0
        return np.where(x > 0, inside, start)

    def _log_tails(self, x: Array) -> tuple[Array, Array]:
        """Return log P(X <= x) and log P(X > x)."""
        shape, power, scale = self._law()
        t = (x / scale) ** power
        lower, upper = log_gamma_tails(shape, t)
        if np.any(t < LEAST):
            least = shape * power * np.log(x / scale) - special.gammaln(shape + 1)  # the first term of the series is all
            lower, upper = np.where(t < LEAST, least, lower), np.where(t < LEAST, log_complement(least), upper)
        return (lower, upper) if power > 0 else (upper, lower)

    def log_below(self, x: Array) -> Array:
        return self._log_tails(x)[0]

    def log_above(self, x: Array) -> Array:
        return self._log_tails(x)[1]

    def _tail(self, x: Array, lower: bool) -> Array:
        shape, power, scale = self._law()
        if shape >= LARGE:  # else SciPy's value is right as long as it does not underflow
            return np.exp(self._log_tails(x)[0 if lower else 1])
        return (special.gammainc if lower == (power > 0) else special.gammaincc)(shape, (x / scale) ** power)

    def below(self, x: Array) -> Array:
        return self._tail(x, True)

    def sf(self, x: Array) -> Array:
        return self._inside(lambda x: self._tail(x, False), x, 1.0, 0.0)

    def inverse(self, q: Array) -> Array:
        shape, power, scale = self._law()
        t, log_t = gamma_quantile(shape, q, power < 0)
        return scale * np.where(t > LEAST, t ** (1 / power), np.exp(log_t / power))

    def sample(self, rng: np.random.Generator, n: int) -> Array:
        shape, power, scale = self._law()
        values = rng.standard_gamma(shape, n)
        values **= 1 / power
        values *= scale
        return values

    def mean(self) -> float:
        shape, power, scale = self._law()
        return exp(math.log(scale) + power_moments(1 / power, shape)[0])

    def variance(self) -> float:
        shape, power, scale = self._law()
        return exp(2 * math.log(scale) + power_moments(1 / power, shape)[1])

    def skewness(self) -> float:
        shape, power, _ = self._law()
        return power_moments(1 / power, shape)[2]

    def excess_kurtosis(self) -> float:
        shape, power, _ = self._law()
        return power_moments(1 / power, shape)[3]

    def entropy(self) -> float:
        # shape + log Gamma(shape) + (1 / power - shape) digamma(shape) with its large terms cancelled by hand, and the scale
        shape, power, scale = self._law()
        error = float(digamma_error(shape))
        of_log = HALF_LOG_2PI + 0.5 - 0.5 * math.log(shape) + float(stirling_error(shape)) + shape * error  # the entropy of log G
        return of_log + (math.log(shape) - 0.5 / shape - error) / power + math.log(scale) - math.log(abs(power))


def gamma_quantile(shape: float, q: Array, upper: bool) -> tuple[Array, Array]:
    """Return t and log t with P(G <= t) = q, or P(G > t) = q when `upper`; log t is right also where t underflows."""
    low, high = (1 - q, q) if upper else (q, 1 - q)
    left = low < high
    t = np.where(left, special.gammaincinv(shape, low), special.gammainccinv(shape, high))
    log_low = np.log1p(-q) if upper else np.log(q)
    least = (log_low + special.gammaln(shape + 1)) / shape  # the first term of the series inverted
    if shape >= LARGE or np.any((np.minimum(low, high) < THIN) & (t > LEAST)):
        t = _polished(shape, t, left, np.where(left, log_low, np.log(q) if upper else np.log1p(-q)))
    return t, np.where(t > LEAST, np.log(t), np.minimum(least, math.log(LEAST)))


def _polished(shape: float, t: Array, left: Array, goal: Array) -> Array:
    """Improve a quantile of Gamma(shape, 1) by Newton's steps on the log of the thinner tail."""
    for _ in range(12):
        log_tail = np.where(left, *log_gamma_tails(shape, t))
        step = np.where(left, 1.0, -1.0) * (goal - log_tail) * np.exp(log_tail - log_poisson(shape, t)) / shape
        step = np.where(np.isfinite(step) & (t > LEAST), step, 0.0)
        t = t * np.exp(step)
        if not np.any(np.abs(step) > 1e-13):
            break
    return t
