"""Monte Carlo π: darts, their repeats, a race between ways to throw, Buffon's needle, the ball in d dimensions, and any integral."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from core.distributions.explore import Failure
from core.montecarlo.ball import Ball, Filled
from core.montecarlo.darts import Darts, Thrown
from core.montecarlo.integral import Integral, Integrated
from core.montecarlo.needle import Fallen, Needle
from core.montecarlo.race import Race, Raced
from core.montecarlo.repeats import Repeated, Repeats
from core.params import param
from core.progress import Progress
from core.spec import Spec

Result = Thrown | Repeated | Raced | Fallen | Filled | Integrated
QUESTIONS = (Darts, Repeats, Race, Needle, Ball, Integral)
FEW_HITS = 30  # below which a count says little about a share
NO_VARIANCE, NO_MEAN = 0.5, 1.0  # Pareto's k of the values above which they have no variance, and no mean
GOOD = 0.93  # share of intervals that hold below which a promise of 0.95 is broken


@dataclass(frozen=True)
class MonteCarlo(Spec):
    """A question that random points answer."""

    question: Spec = param(Darts(), "Experiment", family=lambda: QUESTIONS, help="What is thrown, and what it tells.")
    seed: int = param(1, "Seed", low=0, high=9999, step=1, bounds=(0, 4_294_967_295), help="The same seed gives the same points, bit for bit.")


def run(spec: MonteCarlo) -> Iterator[Progress[Result]]:
    """Answer the question of a spec."""
    return spec.question.run(spec.seed)


def numbers(result: Result) -> dict[str, float]:
    """Return every number that the page shows, unrounded."""
    return result.numbers()


def failure(result: Result) -> Failure | None:
    """Name what fails in a result, how far it falls short, and the cure."""
    asks = {Repeated: _failed_repeats, Fallen: _failed_needle, Filled: _failed_ball, Integrated: _failed_integral}
    return asks[type(result)](result) if type(result) in asks else None


def _failed_repeats(result: Repeated) -> Failure | None:
    exact, spec = result.spec.exact(), result.spec
    if exact >= GOOD:
        return None
    why = f"Of these intervals {exact:.1%} hold π, not 95 %: {result.found().value:.1%} of the {len(result.counts):,} here."
    if empty := int(result.numbers()["intervals without any width"]):
        why += f" {empty:,} have no width at all, because all their darts agree."
    return Failure("Intervals that hold too seldom", why, "Take Wilson's interval." if spec.interval == "plain" else "Throw more darts.")


def _failed_needle(result: Fallen) -> Failure | None:
    spec, found = result.spec, result.found()
    if spec.counted == "whether" and spec.length > spec.width:
        limit = result.numbers()["what the formula tends to"]
        why = f"It crosses several lines and is counted once: the estimate tends to {limit:.5g}, and stands {found.z:.3g} standard errors from π."
        return Failure("A needle longer than the boards are wide", why, "Count how many lines it crosses, or take a needle that is no longer.")
    if result.sums[-1, 0] == 0:
        return Failure("No needle crosses", f"All that is known is that π is above {found.low:.3g}.", "Let more needles fall, or longer ones.")
    return None


def _failed_ball(result: Filled) -> Failure | None:
    shown = result.numbers()
    if shown.get("hits", FEW_HITS) >= FEW_HITS:
        return None
    why = f"{shown['hits']:,.0f} of {result.n:,} darts hit; one in {shown['darts for one hit']:,.0f} is expected to. "
    why += f"The volume is {shown['truth']:.3g}; all that the darts say is that it lies below {shown['95 % interval, high']:.3g}."
    return Failure("The ball has left the cube", why, "Go slice by slice, or take fewer dimensions.")


def _failed_integral(result: Integrated) -> Failure | None:
    k = result.tail()
    if k > NO_VARIANCE:
        what = "may not even exist" if k >= NO_MEAN else "has no error bar that can be trusted"
        why = f"A few values are so large that the estimate hangs on them (Pareto's k of the values is {k:.2f}): the integral {what}."
        return Failure("Values without a variance", why, "Cut the box off from the place where the function grows without bound.")
    if math.isfinite(result.level) and result.spec.f and not 0 < abs(result.found().value) < abs(result.level) * result.spec.volume():
        seen = "none" if result.found().value == 0 else "every one"
        return Failure(
            "An event never seen",
            f"Of {int(result.stops[-1]):,} points {seen} fulfils the condition: only the interval says something.",
            "Throw more points, or shrink the box.",
        )
    return None
