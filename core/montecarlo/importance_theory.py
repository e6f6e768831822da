"""What importance sampling is worth in theory, by quadrature: the truth, both exact standard errors, and whether they exist at all."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core.distributions.base import Distribution
from core.distributions.compare import leaves_out
from core.distributions.expectation import expectation
from core.formula import Formula, parse
from core.formula.nodes import Node
from core.montecarlo.importance_bends import conditional
from core.montecarlo.importance_doubt import settled
from core.montecarlo.importance_places import cuts, edges, looks

Array = np.ndarray
DOUBLINGS = 2.0 ** np.arange(1, 23)
SETTLED = -1e-3  # an integrand (times the distance) that falls by less, a doubling, has an infinite integral
ROUNDING = 1e-13
COARSE = 1e-8  # of an end of the support: nearer to it floats are too coarse
LARGEST = 650.0  # a log of more is infinite in floats


@dataclass(frozen=True)
class Spread:
    """How one draw's contribution scatters: the log of its standard deviation (inf where the tails of q are too light), and its skewness."""

    log_sd: float
    lean: float

    @property
    def sd(self) -> float:
        """Return the standard deviation, inf also where it is finite but too large for a float."""
        return math.exp(self.log_sd) if self.log_sd < LARGEST else self.log_sd if math.isnan(self.log_sd) else math.inf


@dataclass(frozen=True)
class Theory:
    """The truth about an estimate of E f under p from draws of q.

    `mean`: E f, nan where it does not exist. `log_squares` = log E_q w²; the effective share of the draws is its inverse. `plain` and
    `normalised`: what one draw contributes to either estimate. `missed`: mass of p where q has none, which leaves nothing else to say. `low`, `high`: range of f under p.
    `known`: whether the quadrature has settled; if not, the mean is nan, and so is what hangs on it.
    """

    mean: float
    log_squares: float
    plain: Spread
    normalised: Spread
    missed: float
    low: float
    high: float
    known: bool = True

    def share(self) -> float:
        """Return what share of the draws is effective in the long run, 1 / E_q w²."""
        return math.exp(-self.log_squares)


@lru_cache(maxsize=256)
def theory(p: Distribution, q: Distribution, text: str) -> Theory:
    """Return what is exactly true of estimates of the mean of f under p from draws of q.

    Variance of w f under q: E_p[w f²] - (E f)². Of the self-normalised estimate, by the delta method: E_p[w (f - E f)²].
    Owen (2013), chapter 9, https://artowen.su.domains/mc/

    Args:
        p, q: two laws with densities.
        text: the formula of f, in x.
    """
    f = parse(text, name="f")
    with np.errstate(all="ignore"):
        ends, (mean, known) = _range(p, f), _mean(p, f)
        missed = float(p.cdf(q.support.low) + p.sf(q.support.high)) if leaves_out(q, p) else 0.0
        if missed > 0:
            nothing = Spread(math.nan, math.nan)
            return Theory(mean, math.nan, nothing, nothing, missed, *ends, known)
        ones = parse("1")
        log_squares = _log_power(p, q, ones, 0.0, 2)[1]
        plain, normalised = _spread(p, q, f, 0.0, mean), _spread(p, q, f, mean, 0.0)
    if log_squares == math.inf:
        normalised = Spread(math.inf, math.inf)
    return Theory(mean, log_squares, plain, normalised, 0.0, *ends, known)


def _range(p: Distribution, f: Formula) -> tuple[float, float]:
    """Return between which values f lies where p has its mass; a condition that is the same wherever one looks may be worth 0 and 1."""
    values = f.evaluate(looks(p, p, cuts(p, p, f)))
    known = values[np.isfinite(values)]
    if conditional(f.root) and not np.any(known != known[:1]):
        known = np.append(known, [0.0, 1.0])
    return (float(known.min()), float(known.max())) if len(known) else (math.nan, math.nan)


def _mean(p: Distribution, f: Formula) -> tuple[float, bool]:
    """Return E f under p, scaled so that a tiny one has its digits too, nan where E |f| is infinite; and whether that is known."""
    steps = cuts(p, p, f)

    def integrand(scale: float) -> Callable:
        return lambda p, q, x: (f.evaluate(x) / scale * np.exp(p.log_prob(x)))[None]

    if not _finite(p, p, lambda x: _log_size(f, 0.0, x) + p.log_prob(x)):
        return math.nan, True
    rough = expectation(p, p, lambda p, q, x: np.abs(f.evaluate(x) * np.exp(p.log_prob(x)))[None], steps)[0]
    if not math.isfinite(rough):
        return math.nan, True
    if not settled(p, f, steps):
        return math.nan, False
    share = expectation(p, p, integrand(rough), steps)[0] if rough > 0 else 0.0
    return rough * share if abs(share) > ROUNDING else 0.0, True


def _spread(p: Distribution, q: Distribution, f: Formula, around: float, mean: float) -> Spread:
    """Return how w (f - around) scatters under q, where its mean is given."""
    if math.isnan(around) or math.isnan(mean):
        return Spread(math.nan, math.nan)
    _, second = _log_power(p, q, f, around, 2)
    if math.isinf(second):
        return Spread(second, max(second, 0.0))
    a = mean * math.exp(-second / 2)  # the mean beside the root of the second moment
    variance = max(1 - a * a, 0.0)
    if variance < ROUNDING:
        return Spread(-math.inf, 0.0)
    sign, third = _log_power(p, q, f, around, 3)
    cube = sign * math.exp(third - 1.5 * second) if third - 1.5 * second < LARGEST else math.inf
    return Spread((second + math.log(variance)) / 2, (cube - 3 * a + 2 * a**3) / variance**1.5)


def _log_power(p: Distribution, q: Distribution, f: Formula, around: float, power: int) -> tuple[float, float]:
    """Return the sign and the log of E_q [w (f - around)]^power, the integral of (f - around)^power p^power / q^(power - 1)."""

    def log_size(x: Array) -> Array:
        logs = power * (_log_size(f, around, x) + p.log_prob(x)) - (power - 1) * q.log_prob(x)
        return np.where(np.isneginf(p.log_prob(x)) | np.isneginf(q.log_prob(x)) | np.isnan(logs), -math.inf, logs)

    if not _finite(p, q, log_size):
        return 1.0, math.inf
    steps = cuts(p, q, f)
    sizes = log_size(looks(p, q, steps))
    top = float(np.max(sizes[np.isfinite(sizes)], initial=-math.inf))
    if top == -math.inf:
        return 1.0, -math.inf

    def integrand(p: Distribution, q: Distribution, x: Array) -> Array:
        sign = np.sign(f.evaluate(x) - around) if power % 2 else 1.0
        return (sign * np.exp(log_size(x) - top))[None]

    total = expectation(p, q, integrand, steps)[0]
    return float(np.sign(total)), top + math.log(abs(total)) if total else -math.inf


def _log_size(f: Formula, around: float, x: Array) -> Array:
    """Return log |f - around|, also where f itself is too large for a float."""
    values = f.evaluate(x)
    logs = np.log(np.abs(values - around))
    return np.where(np.isinf(values), _absolute(f).log_evaluate(x), logs)


@lru_cache(maxsize=64)
def _absolute(f: Formula) -> Formula:
    return Formula(Node("abs", (f.root,)), f.variables)


# Tails


def _finite(p: Distribution, q: Distribution, log_size: Callable[[Array], Array]) -> bool:
    """Return whether a positive function has a finite integral at both ends of the support of p, judged by how fast its logarithm falls there.

    With the distance as a factor, an integrand like 1 / x stands still from one doubling to the next; one with a finite integral falls.
    """
    low, high, reach = edges(p, q)
    for end, edge, side in ((p.support.low, low, -1), (p.support.high, high, 1)):
        if math.isinf(end):
            places, distances = edge + side * reach * DOUBLINGS, reach * DOUBLINGS
        else:
            distances = reach / 2.0 ** np.arange(1, 61)  # a law with a long tail has a bulk far wider than what lies beside its end
            places = end - side * distances
            kept = np.abs(places - end) > COARSE * abs(end)
            places, distances = places[kept], distances[kept]
        logs = log_size(places) + np.log(distances)
        seen = logs[logs > -math.inf]  # a step may be 0 here and there
        if np.any(logs[-5:] > -math.inf) and not np.all(np.diff(seen[-6:]) < SETTLED):
            return False
    return True
