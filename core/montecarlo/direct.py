"""Direct and ancestral sampling: the inverse CDF, Box-Muller, composition, and values that flow down the arrows of a model."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from core.distributions import explore
from core.distributions.explore import Explore, Failure
from core.montecarlo.ancestral import Ancestral, Flowed
from core.montecarlo.box_muller import FACTORS, BoxMuller, Paired
from core.montecarlo.composition import Composed, Composition
from core.montecarlo.intervals import Found
from core.montecarlo.inverse import Inverse, Inverted
from core.params import param
from core.progress import Progress
from core.spec import Spec

Result = Inverted | Paired | Composed | Flowed
QUESTIONS = (Inverse, BoxMuller, Composition, Ancestral)
FEW = 30  # draws below which a share or a mean says little


@dataclass(frozen=True)
class Direct(Spec):
    """A way to draw from a law directly, each draw independent of all others."""

    question: Spec = param(Inverse(), "Experiment", family=lambda: QUESTIONS, help="How the draws are made.")
    seed: int = param(1, "Seed", low=0, high=9999, step=1, bounds=(0, 4_294_967_295), help="The same seed gives the same draws, bit for bit.")


def run(spec: Direct) -> Iterator[Progress[Result]]:
    """Make the draws of a spec."""
    return spec.question.run(spec.seed)


def numbers(result: Result) -> dict[str, float]:
    """Return every number that the page shows, unrounded."""
    return result.numbers() | {f"{name}: {what}": value for name, each in result.checks().items() for what, value in _told(each)}


def _told(found: Found) -> list[tuple[str, float]]:
    return [("estimate", found.value), ("truth", found.truth), ("standard error", found.standard_error), ("z", found.z)]


def failure(result: Result) -> Failure | None:
    """Name what fails in a result, how far it falls short, and the cure."""
    return {Inverted: _failed_inverse, Paired: _failed_pairs, Composed: _failed_composition, Flowed: _failed_flow}[type(result)](result)


def _failed_inverse(result: Inverted) -> Failure | None:
    trouble = explore.failure(Explore(result.spec.dist, len(result.values))) if result.spec.estimate == "mean" else None
    if trouble is None:
        return None
    share = result.numbers()["share of the largest draw in the sum of sizes"]
    why = f"{trouble.why} Here one draw out of {len(result.values):,} makes up {share:.1%} of the sum of all sizes."
    return Failure(trouble.name, why, "Estimate the median, or take lighter tails." if not math.isfinite(result.spec.dist.variance()) else trouble.cure)


def _failed_composition(result: Composed) -> Failure | None:
    law, n = result.spec.recipe.law(), result.pairs.shape[1]
    trouble = explore.failure(Explore(law, n))
    why = f"{trouble.why} The mean of {n:,} draws is {result.found().value:.4g}." if trouble else ""
    return trouble and Failure(trouble.name, why, trouble.cure)


def _failed_pairs(result: Paired) -> Failure | None:
    spec = result.spec
    if spec.source == "good":
        return None
    found, (x, _) = result.found(), result.plane()[0]
    tail, expected = int((x < -3).sum()), found.truth * len(x)
    why = f"{result.on_lines():.0%} of the pairs lie on {FACTORS[spec.source]} lines of the square, which the plane winds up into spirals. "
    why += f"{tail:,} of {len(x):,} points lie below −3, where {expected:.1f} are expected."
    return Failure("The uniform numbers are not independent", why, "Take a good generator.")


def _failed_flow(result: Flowed) -> Failure | None:
    spec = result.spec
    if not spec.known:
        return None
    n, ess, long_run = len(result.values), result.ess(), result.long_run()
    if min(ess, long_run if spec.way == "weighting" else ess) >= min(FEW, n / 2):
        return None
    if spec.way == "logic":
        why = f"{ess:,.0f} of {n:,} draws agree with what is known; {long_run:.3g} are expected to. "
        why += f"All that they say of {result.asked()} is that it lies between {result.found().low:.3g} and {result.found().high:.3g}."
        return Failure("Hardly any draw agrees", why, "Take likelihood weighting, or draw more.")
    average = f"{long_run:.3g} equal ones" if long_run >= 1 else "less than one"
    why = f"{n:,} weighted draws are worth {average} in the long run, and these seem worth {ess:,.4g}: "
    why += "what is known is likely only where hardly any draw goes. The error bar cannot be trusted."
    return Failure("A few draws carry all the weight", why, "Draw more, or ask with less evidence at the far end of the arrows.")
