"""Distances between two laws from draws alone: the check on the quadrature, each estimate with its exact standard error."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.distributions.base import Array, Distribution
from core.distributions.compare import Divergences, cdf_gap, leaves_out
from core.distributions.expectation import expectation, log_probs
from core.distributions.explore import Estimate

LEVELS = np.concatenate([np.geomspace(1e-12, 0.01, 60), np.linspace(0.02, 0.98, 481), 1 - np.geomspace(0.01, 1e-12, 60)])
HALVINGS = 60
NAMES = {"kl_pq": "KL(p‖q)", "kl_qp": "KL(q‖p)", "js": "JS", "tv": "TV", "w1": "W1"}


@dataclass(frozen=True)
class Potential:
    """Kantorovich's potential of two laws: a line of slope 1 or -1 that turns where their CDFs cross.

    W1 is the most by which the mean of a function of slope at most 1 can differ under p and q, and this function reaches it:
    W1 = E_p phi - E_q phi. So draws estimate it without bias.
    https://en.wikipedia.org/wiki/Wasserstein_metric#Dual_representation_of_W1
    """

    knots: Array
    heights: Array  # at the knots
    slopes: Array  # before the first knot, between knots, after the last

    def __call__(self, x: Array) -> Array:
        """Return phi(x)."""
        x = np.asarray(x, float)
        place = np.searchsorted(self.knots, x)
        nearest = np.maximum(place - 1, 0)
        return self.heights[nearest] + self.slopes[place] * (x - self.knots[nearest])


def potential(p: Distribution, q: Distribution) -> Potential:
    """Return Kantorovich's potential of two laws."""
    x = np.unique(np.concatenate([p.quantile(LEVELS), q.quantile(LEVELS)]))
    sign = -np.sign(cdf_gap(p, q, x))  # the slope is 1 where p lies farther right than q
    x, sign = x[sign != 0], sign[sign != 0]
    turns = np.flatnonzero(sign[1:] != sign[:-1])
    knots = _crossings(p, q, x[turns], x[turns + 1], sign[turns]) if len(turns) else np.array([p.median()])
    slopes = np.append(sign[turns], sign[-1]) if len(turns) else np.full(2, sign[0] if len(sign) else 1.0)
    heights = np.concatenate([[0.0], np.cumsum(slopes[1:-1] * np.diff(knots))])
    return Potential(knots, heights, slopes)


def _crossings(p: Distribution, q: Distribution, low: Array, high: Array, sign: Array) -> Array:
    """Return where the CDFs cross, by bisection; for discrete laws the whole number at which the higher one changes."""
    low, high = low.copy(), high.copy()
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        before = -np.sign(cdf_gap(p, q, middle)) == sign
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    return high


class Terms:
    """What the estimates average: functions of a draw of p, and of a draw of q.

    With L = log p - log q:  KL(p||q) = E_p L;  KL(q||p) = E_q(-L);  JS = (E_p s(L) + E_q s(-L)) / 2 with s(L) = log 2 - log(1 + exp(-L));
    TV = (E_p + E_q) tanh(|L| / 2) / 2, whose terms lie in [0, 1];  W1 = E_p phi - E_q phi.
    """

    def __init__(self, p: Distribution, q: Distribution) -> None:
        self.p, self.q, self.phi = p, q, potential(p, q)

    def __call__(self, x: Array, of_p: bool) -> Array:
        """Return the five terms of draws of p (or of q), so that each distance is the sum of a mean over p and a mean over q: (5, *x.shape)."""
        with np.errstate(all="ignore"):
            ratio = np.subtract(*log_probs(self.p, self.q, x))
            own = ratio if of_p else -ratio
            shannon = 0.5 * (math.log(2) - np.logaddexp(0, -own))
            nothing, transport = np.zeros_like(ratio), self.phi(x)
        return np.stack([own if of_p else nothing, nothing if of_p else own, shannon, 0.5 * np.tanh(0.5 * np.abs(ratio)), transport if of_p else -transport])


def spreads(terms: Terms, exact: Divergences) -> Array:
    """Return the variance of a pair of terms, one of p and one of q, for each distance: (5,); inf where there is none.

    Divided by n it is the squared standard error of an estimate from n draws of each law.
    """
    p, q = terms.p, terms.q
    infinite = np.array([leaves_out(q, p) or math.isinf(exact.kl_pq), leaves_out(p, q) or math.isinf(exact.kl_qp), False, False, False])

    def moments(about: Array, power: int) -> Array:
        def what(p: Distribution, q: Distribution, x: Array) -> Array:
            own = np.exp(log_probs(p, q, x))
            pair = np.stack([own[i] * (terms(x, i == 0) - about[i].reshape(5, *[1] * np.ndim(x))) ** power for i in (0, 1)])
            return np.where(infinite.reshape(1, 5, *[1] * np.ndim(x)), 0.0, pair).reshape(10, *np.shape(x))

        return np.array(expectation(p, q, what)).reshape(2, 5)

    means = moments(np.zeros((2, 5)), 1)
    variances = moments(np.where(np.isfinite(means), means, 0.0), 2).sum(axis=0)
    for moment in (p.variance(), q.variance()):
        if not math.isfinite(moment):
            variances[4] = math.inf
    return np.where(infinite, math.inf, variances)


def estimates(exact: Divergences, means: Array, variances: Array, n: int) -> tuple[Estimate, ...]:
    """Return each distance from n draws of both laws beside the exact one."""
    errors = np.sqrt(variances / n)
    return tuple(Estimate(name, float(value), getattr(exact, field), float(error)) for (field, name), value, error in zip(NAMES.items(), means, errors))
