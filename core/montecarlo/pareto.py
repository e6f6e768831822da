"""How heavy is the tail of the weights? A generalised Pareto law is fitted to the largest, and its shape k says what they are worth."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

Array = np.ndarray
FEWEST = 5  # weights in a tail that can be fitted
MANY = 225  # draws above which the tail has 3 √n of them, and below a fifth
PRIOR_K, PRIOR_DRAWS = 0.5, 10  # k is drawn towards 1/2 as if by ten more weights
PRIOR_SCALE = 3.0
GOOD_K, NO_MEAN = 0.7, 1.0
UNDERFLOW = math.log(np.finfo(float).tiny)
NEGLIGIBLE = 10 * np.finfo(float).eps


@dataclass(frozen=True)
class Smoothed:
    """Weights whose largest were replaced by quantiles of the law fitted to them.

    `k`: the shape of the tail, inf where none could be fitted. `log_weights` (n,): logs of the smoothed weights, which add up to 1.
    `n_tail`: how many weights the tail has. `why`: what stood in the way of a fit, or "".
    """

    k: float
    log_weights: Array
    n_tail: int
    why: str = ""


def psis(log_weights: Array) -> Smoothed:
    """Smooth importance weights by the generalised Pareto law of their tail.

    The tail is what stands above its largest neighbour below: a fifth of n weights, 3 √n of more than 225. Follows arviz-stats, which
    rounds that number down; older ArviZ and R's loo round it up.
    Vehtari, Simpson, Gelman, Yao and Gabry (2024), https://jmlr.org/papers/v25/19-556.html

    Args:
        log_weights: (n,), of any size and known up to a constant; -inf stands for a weight of 0.
    """
    logs = np.asarray(log_weights, float)
    n = len(logs)
    n_tail = math.floor(3 * math.sqrt(n)) if n > MANY else n // 5
    top = float(logs.max())
    if not math.isfinite(top):
        return Smoothed(math.inf, np.full(n, math.nan), n_tail, "no draw has any weight")
    logs = logs - top
    k, logs, why = _smooth(logs, n_tail) if n_tail >= FEWEST else (math.inf, logs, "fewer than 25 draws have too short a tail to judge")
    return Smoothed(k, logs - special.logsumexp(logs), n_tail, why)


def _smooth(logs: Array, n_tail: int) -> tuple[float, Array, str]:
    """Fit the tail and put the law's quantiles in its place, none above the largest weight: k, log weights and what went wrong."""
    order = np.argpartition(logs, len(logs) - n_tail - 1)[-n_tail - 1 :]
    order = order[np.argsort(logs[order], kind="stable")]
    tail, cut = order[1:], float(np.exp(logs[order[0]]))
    above = np.exp(logs[tail]) - cut
    if logs[tail[_quarter(n_tail)]] < UNDERFLOW:
        return math.inf, logs, ""  # all but a few weights vanish beside the largest: worse than any k
    if above[_quarter(n_tail)] <= 0:
        return math.inf, logs, "the largest weights are all alike"
    k, sigma = fit(above)
    if math.isfinite(k) and sigma > 0:
        smoothed = cut + _quantile((np.arange(n_tail) + 0.5) / n_tail, k, sigma)
        logs = logs.copy()
        logs[tail] = np.minimum(np.log(smoothed), 0.0)
    return k, logs, ""


def _quarter(n: int) -> int:
    return int(n / 4 + 0.5) - 1


def fit(x: Array) -> tuple[float, float]:
    """Fit a generalised Pareto law to sorted values x > 0 (n,): its shape k and scale sigma.

    The posterior mean over a grid of b = -k / sigma, with a weak prior that draws k towards 1/2.
    Zhang and Stephens (2009), https://doi.org/10.1198/tech.2009.08017; Vehtari et al. (2024), appendix C
    """
    n = len(x)
    n_grid = 30 + int(math.sqrt(n))
    b = 1 / x[-1] + (1 - np.sqrt(n_grid / (np.arange(n_grid) + 0.5))) / (PRIOR_SCALE * x[_quarter(n)])
    k = np.log1p(-b[:, None] * x).mean(axis=1)
    score = n * (np.log(-b / k) - k - 1)  # the log likelihood at b, with the best k
    weights = np.exp(score - special.logsumexp(score))
    kept = weights >= NEGLIGIBLE
    b_mean = float(b[kept] @ weights[kept] / weights[kept].sum())
    shape = float(np.log1p(-b_mean * x).mean())
    return (n * shape + PRIOR_DRAWS * PRIOR_K) / (n + PRIOR_DRAWS), -shape / b_mean


def _quantile(p: Array, k: float, sigma: float) -> Array:
    return -sigma * np.log1p(-p) if k == 0 else sigma * np.expm1(-k * np.log1p(-p)) / k


def threshold(n: int) -> float:
    """Return the k up to which n draws suffice: min(1 - 1 / log10 n, 0.7)."""
    return min(1 - 1 / math.log10(n), GOOD_K) if n > 1 else -math.inf


def verdict(k: float, n: int, why: str = "") -> str:
    """Say what k means for n draws, after Vehtari et al. (2024), section 3.2.4."""
    if why:
        return f"No k: {why}."
    if k > NO_MEAN:
        return f"k {'is infinite' if math.isinf(k) else f'= {k:.2f} is above 1'}: the weights look as if they had no mean. The estimate cannot be trusted, and no number of draws helps."
    if k > GOOD_K:
        return f"k = {k:.2f} is above 0.7: a few draws decide, and the number of draws that would help is out of reach. Change the proposal."
    if k > threshold(n):
        return f"k = {k:.2f} is above {threshold(n):.2f}, the limit for {n:,} draws: about {round(10 ** (1 / (1 - max(k, 0)))):,} would be enough."
    limited = "The variance of the weights looks finite." if k < 0.5 else "Their variance looks infinite, yet smoothed estimates are reliable up to there."
    return f"k = {k:.2f} is below {threshold(n):.2f}, the limit for {n:,} draws: reliable. {limited}"
