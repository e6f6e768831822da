"""Other namings of every family: switch, and see the same curve under other numbers."""

from core.distributions.base import Distribution
from core.distributions.namings import bounded, counts, leaning, lengths, lifetimes, real_line, tails, trials, waiting
from core.distributions.namings.naming import Naming, own

ALL: tuple[Naming, ...] = (
    *bounded.NAMINGS,
    *real_line.NAMINGS,
    *leaning.NAMINGS,
    *waiting.NAMINGS,
    *lifetimes.NAMINGS,
    *tails.NAMINGS,
    *lengths.NAMINGS,
    *trials.NAMINGS,
    *counts.NAMINGS,
)


def namings(dist: Distribution | type[Distribution]) -> tuple[Naming, ...]:
    """Return the namings of a member (or of a family, at its defaults): its own first, then the others."""
    dist = dist() if isinstance(dist, type) else dist
    return own(dist), *(each for each in ALL if each.family is type(dist))
