"""Importance sampling: draws from one law that speak for another, each with its weight; and what their error bars are worth."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from core.distributions import Normal
from core.distributions.explore import Failure
from core.montecarlo.importance_coverage import Coverage, Covered
from core.montecarlo.importance_dimension import Dimension, Shrunk
from core.montecarlo.importance_expectation import Expectation, Weighed, Weighing
from core.montecarlo.importance_theory import Spread, Theory
from core.montecarlo.pareto import threshold, verdict
from core.montecarlo.rare import Rare, Swept
from core.montecarlo.resampling import Resample, Resampled
from core.params import param
from core.progress import Progress
from core.spec import Spec

Result = Weighed | Covered | Resampled | Swept | Shrunk
QUESTIONS = (Expectation, Coverage, Resample, Rare, Dimension)
MOST_LEAN = 0.25  # skewness of an average above which 95 % of the intervals become less than 93 %
FEW_HITS = 30  # below which a count says little about a share
UNSEEN = 0.01  # of the target that the draws hardly reach is worth a word


@dataclass(frozen=True)
class Importance(Spec):
    """A question that weighted draws answer."""

    question: Spec = param(Expectation(), "Experiment", family=lambda: QUESTIONS, help="What the weighted draws are used for.")
    seed: int = param(1, "Seed", low=0, high=9999, step=1, bounds=(0, 4_294_967_295), help="The same seed gives the same draws, bit for bit.")


def run(spec: Importance) -> Iterator[Progress[Result]]:
    """Answer the question of a spec."""
    return spec.question.run(spec.seed)


def numbers(result: Result) -> dict[str, float]:
    """Return every number that the page shows, unrounded."""
    return result.numbers()


def failure(result: Result) -> Failure | None:
    """Name what fails in a result, how far it falls short, and the cure."""
    asks = {Weighed: _failed_estimate, Covered: _failed_intervals, Resampled: _failed_resampling, Swept: _failed_event, Shrunk: _failed_dimension}
    return asks[type(result)](result)


def fitness(result: Weighed, trouble: Failure | None) -> str:
    """Say whether the weights are fit for use, as far as they themselves can tell, and where they are deceived."""
    k = result.smoothed
    said = verdict(k.k, result.n, k.why)
    deceived = trouble is not None and not k.why and k.k <= threshold(result.n)
    return said + (" Here that is an illusion: k knows only the weights that were drawn." if deceived else "")


def _failed_estimate(result: Weighed) -> Failure | None:
    trouble = trouble_of(result.spec, result.theory, result.spread(), result.n)
    if trouble and trouble.name == "The error bar lies":
        found = result.found()
        claimed = f" This run claims {found.standard_error:.3g}, and stands {found.z:.3g} of those from the truth." if math.isfinite(found.z) else ""
        return Failure(trouble.name, trouble.why + claimed, trouble.cure)
    return trouble


def trouble_of(spec: Weighing, facts: Theory, spread: Spread, n: int) -> Failure | None:
    """Name what theory has against an estimate from n draws."""
    if not facts.known:
        why = "f has steps, peaks or gaps too narrow to be followed, so its exact mean is not known, and nothing tells how good the estimate is."
        return Failure("The truth is not known", why, "Take an f that has a value wherever the target has mass, and changes less often.")
    if math.isnan(facts.mean):
        return Failure(
            "No mean", "f has no mean under the target: E |f| is infinite, so there is nothing to estimate (0 is not it).", "Take an f that grows more slowly."
        )
    if facts.missed > 0:
        why = f"{facts.missed:.3g} of the target's mass lies where the proposal never draws. No number of draws mends that, and no error bar shows it."
        return Failure("The proposal leaves out a part of the target", why, "Take a proposal whose support holds the target's.")
    if spread.log_sd == math.inf:
        why = "Its density falls faster than the target's, so the weights grow without bound and have an infinite variance: no standard error exists, and the one below means nothing."
        return Failure("The proposal's tails are too light", why, f"{_wider(spec)}, or take a law with heavier tails, such as Student's t.")
    lean = spread.lean / math.sqrt(n)
    if MOST_LEAN < abs(lean) < 1:
        why = f"The average of {n:,} weighted draws still has a skewness of {abs(lean):.2g}, where 0.25 would do: fewer than 93 % of such intervals hold the truth."
        return Failure("Too few draws for this tail", why, "Draw more, or widen the proposal.")
    if not abs(lean) <= MOST_LEAN:
        return Failure("The error bar lies", _lie(spec, spread, n, abs(lean)), "Widen the proposal, or move it to where the target is.")
    return None


def _wider(spec: Weighing) -> str:
    """Say how far to widen the proposal; between two normal laws the variance of the weights exists from 1/√2 of the target's width on."""
    p, q = spec.target, spec.proposal
    return (
        f"Widen the proposal to a standard deviation above {p.sigma / math.sqrt(2):.3g}"
        if isinstance(p, Normal) and isinstance(q, Normal)
        else "Widen the proposal"
    )


def _lie(spec: Weighing, spread: Spread, n: int, lean: float) -> str:
    exact = f"{spread.sd / math.sqrt(n):.3g}" if math.isfinite(spread.sd) else f"about 10 to the power {spread.log_sd / math.log(10):.0f}"
    why = f"The true standard error of {n:,} draws is {exact}, and comes from draws too rare to be seen: "
    why += (
        f"the average has a skewness of {lean:.3g}, where 0.25 would do."
        if math.isfinite(lean)
        else "the average has no skewness, so it is far from normal at any n."
    )
    low, high = (float(end) for end in spec.proposal.quantile([0.5 / n, 1 - 0.5 / n]))
    unseen = float(spec.law.cdf(low) + spec.law.sf(high))
    return why + (f" {100 * unseen:.3g} % of the target lies beyond [{low:.3g}, {high:.3g}], where hardly a draw falls." if unseen > UNSEEN else "")


def _failed_intervals(result: Covered) -> Failure | None:
    kind = result.theory.plain if result.spec.reported == "plain" else result.theory.normalised
    if not (trouble := trouble_of(result.spec, result.theory, kind, result.spec.n)):
        return None
    held = result.found()
    return Failure(trouble.name, f"Of {len(result.ends):,} intervals {held.value:.1%} hold the truth, not 95 %. {trouble.why}", trouble.cure)


def _failed_resampling(result: Resampled) -> Failure | None:
    return trouble_of(result.spec, result.drawn.theory, result.drawn.theory.normalised, result.spec.n) or _impoverished(result)


def _impoverished(result: Resampled) -> Failure | None:
    shown = result.numbers()
    if shown["effective draws"] >= min(FEW_HITS, result.spec.n / 2):
        return None
    why = f"{shown['distinct points']:,.0f} distinct points stand for {shown['points kept']:,.0f}, one of them {shown['most copies of one']:,.0f} times."
    return Failure("Few points survive", why, "Draw more before resampling, or take a proposal nearer to the target.")


def _failed_event(result: Swept) -> Failure | None:
    spec, hits = result.spec, result.told[result.place, 0]
    if spec.method == "plain" and hits < FEW_HITS:
        found = result.found()
        expected = spec.n * found.truth
        why = f"{hits:,.0f} of {spec.n:,} draws lie beyond t, where {expected:.2g} are expected: all they say is that P(X > t) is below {found.high:.2g}. It is {found.truth:.3g}."
        return Failure("Too few hits" if hits else "No hit", why, "Draw from a law that is shifted to t, and weigh.")
    if spec.method == "plain":
        return None
    if not math.isfinite(spec.exact(spec.t)[1]):
        why = "Beyond t its density falls too fast beside that of the law: the weights have an infinite variance, and the error bar means nothing."
        return Failure("The proposal's tails are too light", why, "Take the shifted proposal, or plain draws: the event is not rare.")
    if not (lean := spec.lean() / math.sqrt(spec.n)) <= MOST_LEAN:
        why = f"The average of the weights has a skewness of {lean:.3g}, where 0.25 would do: most runs fall short, and their intervals with them."
        return Failure("The error bar lies", why, "Draw more, or take the other proposal.")
    return None


def _failed_dimension(result: Shrunk) -> Failure | None:
    spec, place = result.spec, result.place
    spread = spec.spread(spec.d)
    if math.isinf(spread.log_sd):
        why = f"With a width of {spec.width:g}, below 1/√2 of the target's, E w² is infinite in every dimension."
        return Failure("The proposal's tails are too light", why, "Take a width above 0.71; 1.2 is safe.")
    if abs(spread.lean) / math.sqrt(spec.n) <= MOST_LEAN:
        return None
    why = f"Of {spec.n:,} draws {result.worth[place]:,.0f} are effective, and in the long run only {spec.n * float(spec.share(spec.d)):.2g} would be: "
    why += f"the true standard error is {spread.sd / math.sqrt(spec.n):.2g}, this run claims {result.found().standard_error:.2g}."
    return Failure("The weights have collapsed", why, "Take fewer dimensions, or a width nearer to 1.")
