"""The mean of any f under one law, from draws of another: each draw weighs p(x) / q(x)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from core.distributions import Normal
from core.distributions.base import Distribution
from core.formula import parse
from core.montecarlo.importance_laws import Law, check_function, check_law, function, inside, law_of, proposals, targets
from core.montecarlo.importance_theory import Spread, Theory, theory
from core.montecarlo.intervals import Found
from core.montecarlo.pareto import Smoothed, psis, threshold
from core.montecarlo.weights import Running, ess, running, shares
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

Array = np.ndarray
BLOCK = 1 << 17
STOPS = 120
KINDS, KIND_WORDS = ("plain", "normalised"), ("plain", "self-normalised")


@dataclass(frozen=True)
class Weighing(Spec):
    """Draws of a proposal q, weighed so that they stand for a target p."""

    target: Spec = param(Normal(), "Target p", family=targets, help="The law that is asked about. It need not be one that can be drawn from.")
    proposal: Distribution = param(
        Normal(0.0, 1.5), "Proposal q", family=proposals, help="The law that is drawn from. Its tails should not be lighter than the target's."
    )
    f: str = field(default="x^2", metadata={"param": function("x^2", "Its mean under the target is estimated. [x > 2] is the probability of that.")})
    n: int = param(1000, "Draws", low=10, high=1_000_000, scale="log", bounds=(2, 2_000_000), help="How many draws of the proposal.")

    def agree(self) -> None:
        """Both laws must have densities, and f a value where the target has its mass."""
        check_law("target", self.target)
        check_law("proposal", self.proposal)
        check_function("f", self.f, self.law)

    @property
    def law(self) -> Law:
        """The target as a normalised law."""
        return law_of(self.target)

    def theory(self) -> Theory:
        """Return what is exactly true of the estimates."""
        return theory(self.law, self.proposal, self.f)

    def draw(self, rng: np.random.Generator, n: int) -> tuple[Array, Array, Array]:
        """Draw from the proposal: x, log p(x) - log q(x) and f(x), (n,) each."""
        x = inside(self.proposal, np.asarray(self.proposal.sample(rng, n), float))
        with np.errstate(all="ignore"):
            logs = self.law.log_prob(x) - self.proposal.log_prob(x)
            return x, np.where(np.isnan(logs), -math.inf, logs), parse(self.f).evaluate(x)


@dataclass(frozen=True)
class Expectation(Weighing):
    """The mean of f under the target, from weighted draws of the proposal: plain, or divided by the sum of the weights."""

    title = "Expectation"
    reported: str = param(
        "plain",
        "Reported",
        choices=KINDS,
        labels=KIND_WORDS,
        help="Plain: the mean of w f, right on average. Self-normalised: Σ w f / Σ w, which needs the target only up to a factor.",
    )

    def run(self, seed: int) -> Iterator[Progress[Weighed]]:
        """Draw block by block."""
        rng, parts, done = stream(seed, "proposal"), [], 0
        while done < self.n:
            parts.append(self.draw(rng, min(BLOCK, self.n - done)))
            done += len(parts[-1][0])
            yield Progress(done, self.n, Weighed(self, *(np.concatenate(each) for each in zip(*parts, strict=True))))


@dataclass(frozen=True)
class Weighed:
    """Weighted draws: places x, log weights, and values of f, (n,) each."""

    spec: Weighing
    x: Array
    log_weights: Array
    values: Array

    @property
    def n(self) -> int:
        """How many draws there are."""
        return len(self.x)

    @cached_property
    def theory(self) -> Theory:
        """What is exactly true of the estimates."""
        return self.spec.theory()

    @cached_property
    def running(self) -> Running:
        """Both estimates as the draws come."""
        stops = np.unique(np.geomspace(1, self.n, STOPS).round().astype(int))
        return running(self.log_weights, self.values, stops, (self.theory.low, self.theory.high))

    @cached_property
    def smoothed(self) -> Smoothed:
        """The weights with their tail smoothed, and its shape k."""
        return psis(self.log_weights)

    @property
    def reported(self) -> str:
        """Which of both estimates the page reports first."""
        return self.spec.reported if isinstance(self.spec, Expectation) else "normalised"

    def spread(self, kind: str = "") -> Spread:
        """Return the exact spread of a draw's contribution to an estimate."""
        return self.theory.plain if (kind or self.reported) == "plain" else self.theory.normalised

    def found(self, kind: str = "") -> Found:
        """Return an estimate beside its truth, the reported one by itself."""
        average = self.running.plain if (kind or self.reported) == "plain" else self.running.normalised
        return Found(*average.last(), self.theory.mean)

    def psis_estimate(self) -> float:
        """Return the self-normalised estimate from the smoothed weights."""
        held = self.smoothed.log_weights > -math.inf
        return float(np.exp(self.smoothed.log_weights[held]) @ self.values[held]) if held.any() else math.nan

    def trace(self) -> tuple[Array, Array]:
        """Return numbers of draws and the reported estimates at them."""
        run = self.running
        return run.stops, (run.plain if self.reported == "plain" else run.normalised).value

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        other = "normalised" if self.reported == "plain" else "plain"
        word, also = dict(zip(KINDS, KIND_WORDS, strict=True))[other], self.found(other)
        worth, k = ess(self.log_weights), self.smoothed
        return (
            {"draws": float(self.n)}
            | self.found().numbers()
            | {"exact standard error": self.spread().sd / math.sqrt(self.n)}
            | {f"estimate, {word}": also.value, f"standard error, {word}": also.standard_error, f"z, {word}": also.z}
            | {f"95 % interval, {word}, low": also.low, f"95 % interval, {word}, high": also.high}
            | {f"exact standard error, {word}": self.spread(other).sd / math.sqrt(self.n)}
            | {"effective draws": worth, "effective share": worth / self.n, "exact share in the long run": self.theory.share()}
            | {"share of the heaviest draw": float(self.running.largest[-1]), "Pareto k": math.nan if k.why else k.k, "k may be up to": threshold(self.n)}
            | {"estimate from smoothed weights": self.psis_estimate()}
        )

    def rows(self) -> pd.DataFrame:
        """Return a row a draw: its place, its log weight, its share of all weight, and f."""
        return pd.DataFrame({"x": self.x, "log weight": self.log_weights, "share": shares(self.log_weights), "f": self.values})
