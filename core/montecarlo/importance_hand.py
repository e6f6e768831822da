"""What the hand does to the curves of the importance page: it drags the middle of a law, or its width."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from scipy import optimize, special

from core.distributions import GaussianMixture, Uniform
from core.distributions.base import Distribution
from core.distributions.solve import Quantiles, solve
from core.knobs import Real
from core.montecarlo.importance_laws import law_of
from core.spec import Spec

ABOVE = 0.84  # share of the mass below the grip of the width: a standard deviation beyond the middle of a normal law
LEAST = 0.02  # of the width: no law is made narrower at once


def grips(target: Spec) -> dict[str, float]:
    """Return the places of the grips on a law by name: its middle and its width; none where neither can be moved."""
    law = law_of(target)
    if not isinstance(law, Distribution) or (law.modifier and not isinstance(law, GaussianMixture)):
        return {}
    places = {"middle": float(law.quantile(0.5)), "width": float(law.quantile(ABOVE))}
    return places if len(_numbers(law)) > 1 else {"middle": places["middle"]}


def moved(law: Distribution, grip: str, x: float) -> Distribution:
    """Return the member of a law's family whose grip lies at x; the middle takes the width along, and the width leaves the middle.

    Raises:
        ValueError: in a sentence, when there is no such member.
    """
    middle, high = (float(value) for value in law.quantile([0.5, ABOVE]))
    x = x if grip == "middle" else max(x, middle + LEAST * (high - middle))
    if isinstance(law, GaussianMixture):
        by, times = (x - middle, 1.0) if grip == "middle" else (0.0, (x - middle) / (high - middle))
        parts = (replace(part, mean=_tidy(middle + (part.mean - middle) * times + by), sd=_tidy(part.sd * times)) for part in law.parts)
        return law.replace(parts=tuple(parts))
    if len(_numbers(law)) == 1:
        return _one(law, x)
    if grip == "width":
        return _tidied(solve(law, Quantiles(0.5, middle, ABOVE, x)))
    return _tidied(solve(law, Quantiles(0.5, x, ABOVE, _along(law, high, x))))


def _along(law: Distribution, place: float, x: float) -> float:
    """Return where a place goes when the middle of a law goes to x: as far, or as many times as far from the end of a half line.

    Between two ends the log odds of the place move as far as those of the middle.
    """
    middle, end, other = float(law.quantile(0.5)), law.support.low, law.support.high
    if not math.isfinite(end) or isinstance(law, Uniform):
        return place + x - middle
    if not math.isfinite(other):
        return end + (place - end) * max(x - end, 1e-6) / (middle - end)
    shares = np.clip((np.array([place, middle, x]) - end) / (other - end), 1e-6, 1 - 1e-6)
    odds = special.logit(shares)
    return float(end + (other - end) * special.expit(odds[0] + odds[2] - odds[1]))


def _numbers(law: Distribution) -> dict[str, Real]:
    return {path: knob for path, (knob, _) in law.leaves().items() if isinstance(knob, Real)}


def _one(law: Distribution, x: float) -> Distribution:
    """Return the member of a family of one number whose median is x."""
    ((path, knob),) = _numbers(law).items()

    def gap(value: float) -> float:
        return float(law.with_leaf(path, value).quantile(0.5)) - x

    if gap(knob.low) * gap(knob.high) > 0:
        raise ValueError(f"no {law.title} member has its median at {x:.4g}: try a place nearer to the others")
    return law.with_leaf(path, _tidy(optimize.brentq(gap, knob.low, knob.high)))


def _tidy(value: float) -> float:
    return float(f"{value:.4g}")


def _tidied(law: Distribution) -> Distribution:
    """Return a law with its numbers rounded to four digits, which is finer than any hand."""
    return law.with_leaves({path: _tidy(law.leaves()[path][1]) for path, knob in _numbers(law).items() if isinstance(law.leaves()[path][1], float)})
