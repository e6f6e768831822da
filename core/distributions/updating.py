"""Learning one observation at a time: prior, data, posterior and the law of the next value, for three conjugate pairs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from core.distributions.base import Array
from core.distributions.conjugate import Update, update
from core.distributions.conjugate_pairs import PAIRS, BetaBinomialPair, ConjugatePair, NormalNormalPair
from core.distributions.explore import Failure
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

MOST = 1000  # observations
TAIL = 0.025  # on either side of the interval
RARE = 0.01  # prior predictive tail below which prior and data contradict each other
MISSED = 0.01  # of an interval's promise that a wrong spread may cost before it is named


@dataclass(frozen=True)
class Updating(Spec):
    """A conjugate pair, and how many observations it learns from."""

    pair: ConjugatePair = param(BetaBinomialPair(), "What is learned", family=lambda: PAIRS, help="Prior and likelihood of one family.")
    n: int = param(60, "Observations", low=1, high=200, scale="log", bounds=(1, MOST), help="How many observations come in, one after another.")
    seed: int = param(1, "Seed", low=0, high=9999, step=1, bounds=(0, 4_294_967_295), help="The same seed gives the same data, bit for bit.")


@dataclass(frozen=True)
class Learned:
    """What was learned: data (n,), and for 0, 1, ..., n observations the update, the 95 % interval (n + 1, 2) and the log evidence (n + 1,).

    The log evidence is the log of the probability (density) that prior and likelihood together gave to the data so far.
    """

    spec: Updating
    data: Array
    updates: tuple[Update, ...]
    intervals: Array
    evidence: Array

    def rows(self) -> pd.DataFrame:
        """Return a row per number of observations."""
        posteriors = [each.posterior for each in self.updates]
        return pd.DataFrame(
            {
                "n": np.arange(len(self.updates)),
                "observation": np.append(math.nan, self.data),
                "mean": [each.mean() for each in posteriors],
                "sd": [each.sd() for each in posteriors],
                "low": self.intervals[:, 0],
                "high": self.intervals[:, 1],
                "predictive mean": [each.predictive.mean() for each in self.updates],
                "log evidence": self.evidence,
            }
        )


def run(spec: Updating) -> Iterator[Progress[Learned]]:
    """Draw the data, and learn from the first of them, the first two, and so on."""
    pair, data = spec.pair, observations(spec)
    prior, likelihood = pair.prior(), pair.likelihood()
    updates, evidence = [update(prior, likelihood, [])], [0.0]
    for k in range(1, spec.n + 1):
        evidence.append(evidence[-1] + float(updates[-1].predictive.log_prob(data[k - 1])))
        updates.append(update(prior, likelihood, data[:k]))  # from the prior each time, so that no rounding piles up
        if k % 50 == 0 or k == spec.n:
            intervals = np.array([each.posterior.quantile([TAIL, 1 - TAIL]) for each in updates])
            yield Progress(k, spec.n, Learned(spec.replace(n=k), data[:k], tuple(updates), intervals, np.array(evidence)))


def observations(spec: Updating) -> Array:
    """Return the data: a longer run begins with the same ones."""
    return spec.pair.source().sample(stream(spec.seed, "data"), MOST)[: spec.n].astype(float)


def numbers(result: Learned) -> dict[str, float]:
    """Return every number that the page shows, unrounded."""
    last, truth = result.updates[-1], result.spec.pair.truth()
    low, high = map(float, result.intervals[-1])
    return {
        "observations": float(len(result.data)),
        "the data alone": result.spec.pair.alone(result.data),
        "posterior mean": last.posterior.mean(),
        "posterior standard deviation": last.posterior.sd(),
        "95 % interval, low": low,
        "95 % interval, high": high,
        "truth": truth,
        "the interval holds the truth (1: yes)": float(low <= truth <= high),
        "mean of the next value": last.predictive.mean(),
        "standard deviation of the next value": last.predictive.sd(),
        "log evidence": float(result.evidence[-1]),
        "prior predictive tail": conflict(result),
    }


def conflict(result: Learned) -> float:
    """Return how rare the data are under the prior: twice the smaller tail of their sum (or mean) under the prior predictive law, at most 1.

    Box (1980), Sampling and Bayes' inference in scientific modelling and robustness, https://doi.org/10.2307/2982063
    """
    law, total = result.spec.pair.total(result.data)
    below, above = float(law.cdf(total)), float(law.sf(total) + (law.prob(total) if law.discrete else 0.0))
    return min(1.0, 2 * min(below, above))


def promised(pair: ConjugatePair) -> float:
    """Return how often 95 % intervals hold the truth once the data outweigh the prior: 0.95, unless the known spread is wrong."""
    if not isinstance(pair, NormalNormalPair):
        return 1 - 2 * TAIL
    return float(1 - 2 * special.ndtr(special.ndtri(TAIL) * pair.known / pair.noise))


def failures(result: Learned) -> tuple[Failure, ...]:
    """Name what goes wrong with this learning, and the cure."""
    pair, found = result.spec.pair, []
    held = promised(pair)
    if abs(held - (1 - 2 * TAIL)) > MISSED:
        narrow = "narrow" if held < 1 - 2 * TAIL else "wide"
        why = f"The data have a spread of {pair.noise:g}, the update takes it for {pair.known:g}: intervals that promise 95 % hold the truth in {held:.1%}."
        found.append(Failure(f"A wrong known spread: intervals too {narrow}", why, "Set the known spread to the true one, or learn the spread too."))
    rarity = conflict(result)
    if rarity < RARE:
        odds = f"rarer than 1 in {1 / rarity:,.0f}" if rarity > 1e-12 else "next to impossible"
        why = f"Under the prior, data this far out are {odds}: prior and data contradict each other, and the posterior lies between what either says."
        found.append(Failure("A stubborn prior", why, "Widen the prior, or look at how the data came about. More data outweigh it in the end."))
    return tuple(found)
