"""What fails in rejection sampling: named, measured, with its cure; and the sentences beside the picture."""

from __future__ import annotations

import math

import numpy as np

from core.distributions import explore
from core.distributions.base import Distribution
from core.distributions.explore import Explore, Failure
from core.montecarlo.envelopes import Tangents
from core.montecarlo.rejection_bound import looked
from core.montecarlo.rejection_cost import Costs
from core.montecarlo.rejection_cut import told
from core.montecarlo.rejection_drawn import Drawn
from core.montecarlo.squeeze import lower

Result = Drawn | Costs
FEW = 30  # accepted darts below which a mean says little
SMALL = 0.001  # of the mass: what less than this cuts off is a note, unless the estimate feels it
SLIGHT = 1e-5  # of the mass: of less there is no note
FELT = 0.1  # standard errors of bias


def notes(result: Result) -> tuple[str, ...]:
    """Return sentences to show beside the picture: those of the target, and what an envelope cuts off where it hardly matters."""
    if isinstance(result, Costs):
        return ()
    own = tuple(f"{note[0].upper()}{note[1:]}." for note in result.spec.target.notes())
    plane = (unsqueezed,) if (unsqueezed := _unsqueezed(result)) else ()
    slight = result.cut.mass > SLIGHT and not result.bent and not result.bound.endless and not _matters(result)
    return (*own, *plane, *((f"{_short(result)} That is too little to be seen here.",) if slight else ()))


def _unsqueezed(result: Drawn) -> str:
    """Say why a squeeze that was asked for is not used; "" where it is, and where the failure says it."""
    if not result.spec.squeeze or isinstance(result.envelope, Tangents):
        return ""
    if result.spec.target.dim == 2:
        return "The squeeze works on a line only."
    sure = looked(result.spec.target, lower)[0] is not None
    return "" if sure else "No squeeze: nothing is known that lies below this target for sure, so every dart looks at it."


def _matters(result: Drawn) -> bool:
    bias, error = abs(result.tends_to() - result.truth), result.found().standard_error
    return result.cut.mass >= SMALL or bias > FELT * error


def failure(result: Result) -> Failure | None:
    """Name what fails in a result, how far it falls short, and the cure."""
    return _failed_cost(result) if isinstance(result, Costs) else _failed_darts(result)


def _failed_darts(result: Drawn) -> Failure | None:
    below = result.cut
    k, n = int(result.hits[-1]), int(result.stops[-1])
    if -math.inf in (result.log_m, below.kept):
        why = f"Where the target stands, the envelope is 0 or next to it: {k} of {n:,} darts accepted."
        return Failure("The envelope lies beside the target", why, "Move the envelope over the target, or let the target place it.")
    if result.bent:
        why = f"Tangents lie above a curve only where its log bends downwards; here {result.bent}. {_short(result)}"
        return Failure("The target is not log-concave", why, "Take a piecewise envelope, or a constant one.")
    if result.bound.endless:
        why = f"{result.bound.endless[0].upper()}{result.bound.endless[1:]}: no M lifts this envelope above the target. {_short(result)}"
        return Failure("There is no M", why, _heavier(result))
    if below.pierced and _matters(result):
        early = _outside(result)
        name, cure = ("The envelope ends too early", "Make the envelope wider.") if early else ("The envelope is pierced", "Let M be found, or raise it.")
        return Failure(name, _short(result), cure)
    if k < min(FEW, n):
        why = f"{k} of {n:,} darts accepted; one in {_count(result.acceptance().truth)} is expected to be."
        return Failure("Nearly every dart is wasted", why, "Take an envelope that fits more closely, or throw more darts.")
    return _failed_tails(result, k)


def _failed_tails(result: Drawn, k: int) -> Failure | None:
    """Name a law of which k exact draws have no mean, or no error bar: the draws are right, what is made of them is not."""
    law, what = getattr(result.spec.target, "law", None), result.spec.what
    if law is None or what == "mass":
        return None
    cure = "Take a target with lighter tails."
    if what == "mean":
        trouble = _trusted(law, k)
        return trouble and Failure(trouble.name, f"The draws are right, but: {trouble.why[0].lower()}{trouble.why[1:]}", trouble.cure)
    if not math.isfinite(law.variance()):
        return Failure(
            "No mean of x²", f"The draws are right, but x² has no finite mean: {k:,} of them give {result.found().value:.4g}, and never settle.", cure
        )
    if not math.isfinite(law.excess_kurtosis()):
        why = f"The draws are right, but x⁴ has no finite mean: {k:,} of them give {result.found().value:.4g}, whose error bar is too short."
        return Failure("Infinite variance of x²", why, cure)
    return None


def _trusted(law: Distribution, k: int) -> Failure | None:
    """Return what the error bar of a mean of k draws hides; nothing of a law too extreme to say."""
    try:
        return explore.failure(Explore(law, k))
    except ValueError:
        return None


def _outside(result: Drawn) -> bool:
    """Return whether some of what is cut off lies where there is no envelope at all, and all of it if M was found."""
    where, reach = result.cut.where, np.ptp(result.spec.target.window, axis=1).max()
    ends = np.nan_to_num(where, posinf=where[np.isfinite(where)].max(initial=0) + reach, neginf=where[np.isfinite(where)].min(initial=0) - reach)
    if result.spec.target.dim == 2:
        return result.spec.bound == "found"
    return bool(np.all(np.isneginf(result.envelope.log_prob(ends.mean(axis=1)[:, None]))))


def _short(result: Drawn) -> str:
    """Say where the target comes through, how much is cut off, and what that does to the estimate."""
    if not result.cut.pierced:
        return "Here nothing was cut off yet."
    found, lost = result.found(), result.cut.mass
    why = f"The target stands above the envelope {told(result.cut.where, result.spec.target.dim)}: {lost:.1%} of its mass is cut off".replace("%", " %")
    why = why if lost >= 0.001 else why.replace(f"{lost:.1%}".replace("%", " %"), f"a share of {lost:.2g}")
    if not math.isfinite(found.truth):
        return why + "."
    error = found.standard_error if math.isfinite(found.standard_error) else 1e-6 * float(np.ptp(result.spec.target.window[0]))
    if abs(result.tends_to() - found.truth) < 1e-6 * (abs(found.truth) + error):
        return f"{why}. The estimate tends to its truth all the same, since both sides lose alike."
    far = f", {abs(found.z):.3g} standard errors off" if math.isfinite(found.z) else ""
    here = f" Here it is {found.value:.5g}{far}." if math.isfinite(found.value) else ""
    return f"{why}. So the estimate tends to {result.tends_to():.5g}, not to {found.truth:.5g}.{here}"


def _count(share: float) -> str:
    """Write how many darts one draw takes."""
    if share < 1e-300:
        return "more than 1e+300"
    return f"{1 / share:,.0f}" if share > 1e-12 else f"{1 / share:.3g}"


def _heavier(result: Drawn) -> str:
    near = "infinite" in result.bound.endless or "nears" in result.bound.endless
    return (
        "Take a target that is bounded, or draw it directly." if near else "Take an envelope with heavier tails, such as Student's with few degrees of freedom."
    )


def _failed_cost(result: Costs) -> Failure | None:
    hits, n = int(result.hits[result.place]), result.spec.n
    if hits >= FEW:
        return None
    share = float(result.exact()[result.place])
    why = f"{hits} of {n:,} darts accepted; one in {_count(share)} is expected to be. All that is known is an acceptance below {result.found().high:.3g}."
    return Failure("Rejection dies of the dimension", why, "Take fewer dimensions, or draw coordinate by coordinate.")
