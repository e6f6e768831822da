"""Play one edge of the map of families with exact numbers: how far two laws are apart, or how well what was made fits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from core.distributions.base import Distribution
from core.distributions.compare import total_variation
from core.distributions.explore import Estimate, Failure
from core.distributions.goodness import ks, ks_p_textbook
from core.distributions.relations import RELATIONS
from core.distributions.relations.base import Construction, Limit, Meeting, Relation
from core.distributions.relations.limits import BinomialToPoisson
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

REPLICATES = 199  # perfect samples that tell the usual distance of a discrete one
EXPECTED = 5.0  # in each cell of a chi-square test, at least
SHOWN = 4000  # inputs that the film keeps
MOST_TRIES = 400  # times as many tries as values, for a condition that is rarely met
TINY = 1e-12  # shares of a law that count as none


@dataclass(frozen=True)
class Kin(Spec):
    """One relation between two families, with its own settings, and a seed for what it draws."""

    edge: Relation = param(BinomialToPoisson(), "Relation", family=lambda: RELATIONS, help="Which edge of the map to play.")
    seed: int = param(1, "Seed", low=0, high=9999, step=1, bounds=(0, 4_294_967_295), help="The same seed gives the same draws, bit for bit.")

    def frames(self) -> Kin:
        """Return the spec that has the same frames: where the slider stands is part of the picture only where it is no tick."""
        edge = self.edge
        if not isinstance(edge, Meeting):
            return self
        start = edge.params()[edge.running].default
        try:
            rest = self.replace(edge=edge.replace(**{edge.running: start}))
        except ValueError:
            return self
        return rest if edge.here in rest.edge.ticks() else self


@dataclass(frozen=True)
class Meetings:
    """Both laws and their distance where the running parameter stands: arrays (ticks,)."""

    edge: Meeting
    ticks: np.ndarray
    distances: np.ndarray
    bounds: np.ndarray

    def numbers(self) -> dict[str, float]:
        """Return the exact total variation at every tick, and the proven bound where there is one."""
        name = self.edge.params()[self.edge.running].label.lower()
        exact = {f"total variation at {name} {tick:g}": float(each) for tick, each in zip(self.ticks, self.distances)}
        bounds = {f"{self.edge.theorem} at {name} {tick:g}": float(each) for tick, each in zip(self.ticks, self.bounds) if not math.isnan(each)}
        return exact | bounds

    def rows(self) -> pd.DataFrame:
        """Return a row per tick."""
        table = {self.edge.params()[self.edge.running].label.lower(): self.ticks, "total variation": self.distances}
        return pd.DataFrame(table | ({self.edge.theorem: self.bounds} if self.edge.theorem else {}))


@dataclass(frozen=True)
class Makings:
    """What a construction made: `values` (n,), the first tries with their inputs (k, tries) and outcomes (tries,), nan for those not counted."""

    edge: Construction
    values: np.ndarray
    inputs: np.ndarray
    outcomes: np.ndarray
    tried: int

    def estimates(self) -> tuple[Estimate, ...]:
        """Return mean and variance of the values beside the exact ones, with the exact standard errors of independent draws."""
        law, n = self.edge.law(), len(self.values)
        spread = law.excess_kurtosis() + 2 * n / (n - 1)
        error = law.variance() * math.sqrt(spread / n) if spread >= 0 else math.nan
        return (
            Estimate("mean", float(np.mean(self.values)), law.mean(), law.sd() / math.sqrt(n)),
            Estimate("variance", float(np.var(self.values, ddof=1)), law.variance(), error),
        )

    def numbers(self) -> dict[str, float]:
        """Return the test of fit, then mean and variance beside the exact ones."""
        law, n = self.edge.law(), len(self.values)
        distance = ks(law, self.values)
        found = {"values": float(n), "distance to the exact law": distance, "distance of a perfect sample": floor(law, n)}
        if law.discrete:
            statistic, freedom = chi_square(law, self.values)
            found |= {"chi-square": statistic, "degrees of freedom": float(freedom), "p-value": p_value(statistic, freedom)}
        else:
            found |= {"p-value": ks_p_textbook(distance, n)}
        if self.tried > n:
            found |= {"share of tries that count": n / self.tried}
        for each in self.estimates():
            found |= {f"{each.name} of the values": each.value, f"exact {each.name}": each.truth, f"z of the {each.name}": each.z}
        return found

    def rows(self) -> pd.DataFrame:
        """Return the values."""
        return pd.DataFrame({"value": self.values})


Result = Meetings | Makings


def run(spec: Kin) -> Iterator[Progress[Result]]:
    """Play the edge of a spec: the distance at one tick after another, or all values at once."""
    return meet(spec.edge) if isinstance(spec.edge, Meeting) else make(spec.edge, spec.seed)


def meet(edge: Meeting) -> Iterator[Progress[Meetings]]:
    """Compute the total variation at every tick, by quadrature or by summing all masses."""
    ticks = edge.ticks()
    distances: list[float] = []
    for tick in ticks:
        distances.append(total_variation(*edge.pair(tick)))
        done = ticks[: len(distances)]
        bounds = np.array([min(1.0, edge.bound(each)) for each in done]) if edge.theorem else np.full(len(done), math.nan)
        yield Progress(len(distances), len(ticks), Meetings(edge, done, np.array(distances), bounds))


def make(edge: Construction, seed: int) -> Iterator[Progress[Makings]]:
    """Draw inputs, in blocks until n of them count, and combine them.

    Raises:
        ValueError: when the condition is met so rarely that the values would take too long.
    """
    values, inputs, outcomes, tried = np.empty(0), None, None, 0
    for block in range(MOST_TRIES):
        x = edge.draw(stream(seed, edge.title, f"block {block}"), edge.n)
        y = edge.combine(x)
        if inputs is None:
            inputs, outcomes = x[:, :SHOWN], y[:SHOWN]
        counts = np.flatnonzero(~np.isnan(y))[: edge.n - len(values)]
        values = np.append(values, y[counts])
        whole = len(values) == edge.n
        tried += int(counts[-1]) + 1 if whole else edge.n
        if len(values) > 1:
            yield Progress(len(values), edge.n, Makings(edge, values, inputs, outcomes, tried))
        if whole:
            return
    raise ValueError(f"the condition must be met by one try in {MOST_TRIES}, got {len(values)} of {tried}: try a condition nearer to the middle")


def numbers(result: Result) -> dict[str, float]:
    """Return every number that the page shows, unrounded."""
    return result.numbers()


def floor(law: Distribution, n: int) -> float:
    """Return the distance to its law that a perfect sample of n values exceeds half of the time.

    Kolmogorov's limit for a law with a density; for a discrete one the median over perfect samples, drawn under a seed of their own.
    """
    if not law.discrete:
        return float(special.kolmogi(0.5)) / math.sqrt(n)
    k = cells(law, 0.0)
    mass = np.diff(np.concatenate([[0.0], law.cdf(k), [1.0]])).clip(0.0)
    found = stream(n, "perfect samples").multinomial(n, mass / mass.sum(), REPLICATES)
    return float(np.median(np.abs(np.cumsum(found, axis=1)[:, :-1] / n - law.cdf(k)).max(axis=1)))


def cells(law: Distribution, least: float) -> np.ndarray:
    """Return whole numbers that end the cells of a discrete law: each cell, the last one included, holds at least a share `least`."""
    low, high = law.quantile(np.array([TINY, 1 - 1e-3 * (least or 1.0)]))
    k = np.arange(low, min(high, low + 5000) + 1)
    if not least:
        return k
    ends, before = [], 0.0
    for place, below in zip(k, law.cdf(k)):
        if below - before >= least and 1 - below >= least:
            ends.append(place)
            before = below
    return np.array(ends)


def chi_square(law: Distribution, values: np.ndarray) -> tuple[float, int]:
    """Return the chi-square statistic of values on whole numbers, and its degrees of freedom; cells expect at least five values.

    https://en.wikipedia.org/wiki/Pearson%27s_chi-squared_test
    """
    ends = cells(law, EXPECTED / len(values))
    mass = np.diff(np.concatenate([[0.0], law.cdf(ends), [1.0]]))
    found = np.bincount(np.searchsorted(ends, values), minlength=len(mass))
    outside = (values < law.support.low) | (values > law.support.high) | (values != np.floor(values))
    if outside.any():
        return math.inf, len(mass) - 1
    return float(np.sum((found - len(values) * mass) ** 2 / (len(values) * mass))), len(mass) - 1


def p_value(statistic: float, freedom: int) -> float:
    """Return how often chance alone gives a chi-square at least as large; nan where only one cell is left."""
    return float(special.chdtrc(freedom, statistic)) if freedom else math.nan


def failure(spec: Kin) -> Failure | None:
    """Name what goes wrong on this edge as it is set, and the cure."""
    edge = spec.edge
    if isinstance(edge, Limit) and (found := edge.trouble(edge.here)):
        return Failure(*found)
    if not isinstance(edge, Construction):
        return None
    law = edge.law()
    if math.isfinite(law.mean()) and math.isfinite(law.variance()):
        return None
    if not math.isfinite(law.mean()):
        why = "The average of the values never settles, however many are made: only the distance to the exact law tells."
        return Failure("No mean" if math.isnan(law.mean()) else "Infinite mean", why, "Judge by the distance, or choose settings with lighter tails.")
    why = "The mean exists, but the average of the values has no standard error: its z cannot be given."
    return Failure("Infinite variance", why, "Judge by the distance, or choose settings with lighter tails.")
