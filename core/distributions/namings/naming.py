"""A naming: the same family in the parameters of another book, program or trade; the curve stays, the numbers on it change."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from core.distributions.base import FINITE, Distribution
from core.distributions.namings.here import HERE
from core.distributions.words import filled
from core.knobs import Param, Real, Whole, plain

WIDE = (1e-24, 1e24)  # what a positive number may be: the square of what a scale may be
LOGS = (-55, 55)  # what its logarithm may be
NOISE = 2e-15  # of its size: how far a map may leave a number from the round one that is meant
ECHO = 5e-14  # and two maps, there and back


@dataclass(frozen=True, eq=False)
class Naming:
    """One way to name the members of a family.

    Attributes:
        family: whose members it names.
        title: what the fields are, as in "Mean and standard deviation".
        fields: a knob for each number, by name, in order; the family's own may hold words too (a menu's).
        to: a member in, its numbers out, by name. Raises ValueError where this naming has no numbers for it.
        back: all numbers in, the member out. Raises ValueError, in a sentence, where there is no such member.
        density: TeX; a field stands as <name>.
        used_by: where one meets this form; "" where nothing is to be said.
    """

    family: type[Distribution]
    title: str
    fields: Mapping[str, Param]
    to: Callable[[Distribution], dict[str, Any]]
    back: Callable[[Mapping[str, Any]], Distribution]
    density: str
    used_by: str = ""

    def formula(self, dist: Distribution, numbers: bool = False) -> str:
        """Return the density as TeX, with the symbols of this naming or with its current numbers."""
        return filled(self.density, self.fields, self.to(dist) if numbers else None)

    def moved(self, dist: Distribution, name: str, value: float) -> Distribution:
        """Return the member in which one number of this naming is another and its other numbers stay."""
        return self.back(self.to(dist) | {name: value})


def own(dist: Distribution) -> Naming:
    """Return the naming that the family has here: its own fields, as they are."""
    labels = [knob.label for knob in type(dist).params().values()]
    rest = [said(label) for label in labels[1:]]
    title = " and ".join(part for part in (", ".join([*labels[:1], *rest[:-1]]), *rest[-1:]) if part)

    def numbers(dist: Distribution) -> dict[str, Any]:
        return {path: value for path, (_, value) in dist.leaves().items()}

    knobs = {path: knob for path, (knob, _) in dist.leaves().items()}
    return Naming(type(dist), title, knobs, numbers, dist.with_leaves, dist.density, HERE.get(type(dist).__name__, ""))


def said(label: str) -> str:
    """Return a label as it stands inside a sentence."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def renamed(
    family: type[Distribution],
    title: str,
    fields: Mapping[str, Real | None],
    to: Callable[[Any], dict[str, float]],
    back: Callable[..., dict[str, float]],
    density: str,
    used_by: str,
) -> Naming:
    """Declare another naming of a family.

    Args:
        family: whose members it names.
        title: what the fields are.
        fields: the knobs by name; None takes the family's own knob of that name, whose number is carried over bit for bit.
        to: a member in, the other numbers out.
        back: the numbers in, as keywords; out come the family's fields that are not among them.
        density: TeX; a field stands as <name>.
        used_by: where one meets this form.
    """
    theirs = family.params()
    knobs: dict[str, Real] = {name: knob or theirs[name] for name, knob in fields.items()}

    def numbers(dist: Distribution) -> dict[str, float]:
        kept = {name: getattr(dist, name) for name in fields if name in theirs}
        with _sentence(knobs, {"": dist}):
            found = to(dist)
        span = _span(theirs, {name: getattr(dist, name) for name in theirs})
        return {name: knob.check(name, _round(found[name], knob, span, ECHO) if name in found else kept[name]) for name, knob in knobs.items()}

    def member(values: Mapping[str, float]) -> Distribution:
        if values.keys() != knobs.keys():
            raise ValueError(f"the numbers must be {_listed(knobs)}, got {_listed(values) or 'none'}: try {_listed(knobs)}")
        checked = {name: knob.check(name, values[name]) for name, knob in knobs.items()}
        with _sentence(knobs, checked):
            found = back(**checked)
        span = _span(knobs, checked)
        kept = {name: value for name, value in checked.items() if name in theirs}
        return _member(family, kept | {name: _round(value, theirs[name], span, NOISE) for name, value in found.items()}, checked)

    start = numbers(family())
    knobs = {name: dataclasses.replace(knob, default=start[name]) for name, knob in knobs.items()}
    return Naming(family, title, knobs, numbers, member, density, used_by)


@contextmanager
def _sentence(names: Iterable[str], got: Mapping[str, Any]) -> Iterator[None]:
    """Turn what arithmetic throws far out, where numbers overflow or vanish, into a sentence; let a sentence pass."""
    try:
        yield
    except (ArithmeticError, ValueError) as error:
        if " must " in str(error):
            raise
        told = f"{_listed(names)} must be numbers that a computer can hold, got {_listed(got.values())}: try values nearer to 1"
        raise ValueError(told) from None


def _member(family: type[Distribution], fields: dict[str, float], values: Mapping[str, float]) -> Distribution:
    """Make the member; where the family refuses a field that this naming does not show, say which numbers led to it."""
    try:
        return family(**fields)
    except ValueError as error:
        if str(error).partition(" ")[0] in values:
            raise
        told = f"{_listed(values)} must belong to a member of {family.title}, got {_listed(values.values())}: its {error}"
        raise ValueError(told) from None


def _listed(words: Any) -> str:
    return ", ".join(plain(word) for word in words)


def _span(knobs: Mapping[str, Real], values: Mapping[str, float]) -> float:
    """Return how large the places on the real line are whose difference may leave a rest where 0 is meant."""
    return max((abs(values[name]) for name, knob in knobs.items() if knob.bounds == FINITE), default=0.0)


def _round(value: float, knob: Real, span: float, noise: float) -> float:
    """Undo the noise of a map in the last digits: 2.0000000000000004 is 2 again, so that a tick stays a tick."""
    if isinstance(knob, Whole) or not math.isfinite(value):
        return value
    if abs(value) < noise * {FINITE: span, LOGS: 1.0}.get(knob.bounds, 0.0):
        return 0.0
    near = float(f"{value:.9g}")
    return near if abs(near - value) <= noise * abs(value) else float(value)


# Knobs that many namings share


def line(label: str, symbol: str, help: str, low: float = -5, high: float = 5, step: float = 0.1) -> Real:
    """Return the knob of a place on the real line, in the units of a draw."""
    return Real(math.nan, label, help, symbol, low, high, step, bounds=FINITE)


def logarithm(label: str, symbol: str, help: str, low: float = -2, high: float = 2) -> Real:
    """Return the knob of a logarithm."""
    return Real(math.nan, label, help, symbol, low, high, 0.05, bounds=LOGS)


def size(label: str, symbol: str, help: str, low: float = 0.2, high: float = 5) -> Real:
    """Return the knob of a positive number."""
    return Real(math.nan, label, help, symbol, low, high, scale="log", bounds=WIDE)


def share(label: str, symbol: str, help: str, low: float = 0.02, high: float = 0.98, bounds: tuple[float, float] = (1e-9, 1 - 1e-9)) -> Real:
    """Return the knob of a share between 0 and 1."""
    return Real(math.nan, label, help, symbol, low, high, 0.01, bounds=bounds)


MEAN = size("Mean", "m", "The average over very many draws.")
SD = size("Standard deviation", "s", "How far a typical draw lies from the mean.")
CENTRE = line("Mean", "m", "The average over very many draws.")


def inside(name: str, value: float, low: float = -math.inf, high: float = math.inf, why: str = "") -> None:
    """Refuse a value that does not lie strictly between two limits.

    Args:
        name: of the field.
        value: of the field.
        low: limit below.
        high: limit above.
        why: the limit in words, which stand after "below", "above" or "between"; the numbers where left out.

    Raises:
        ValueError: name, rule, value and a remedy.
    """
    if low < value < high:
        return
    if math.isfinite(low) and math.isfinite(high):
        rule, remedy = f"between {why or f'{low:.6g} and {high:.6g}'}", 0.5 * (low + high)
    elif math.isfinite(low):
        rule, remedy = f"above {why or f'{low:.6g}'}", low + max(abs(low), 1e-300) if low else 1.0
    else:
        rule, remedy = f"below {why or f'{high:.6g}'}", 0.5 * high if high > 0 else high - 1.0
    told = f"{remedy:.4g}" if isinstance(value, float) else math.floor(remedy)
    raise ValueError(f"{name} must lie {rule}, got {plain(value)}: try {told}")
