"""Code templates and the numbers that go into them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from string import Template

from core.distributions.base import Distribution
from core.spec import Spec

Number = float | int
Value = Number | list[Number]
Lines = tuple[str, ...]
Choose = Callable[[Distribution], "Lines"]  # where the numbers decide which lines are right


@dataclass(frozen=True)
class Language:
    """A language: its title, the name by which highlighters know it, how a comment begins, and who writes a law in it."""

    title: str
    highlighter: str
    comment: str
    write: Callable[[Distribution], str | None]


def values(dist: Distribution) -> dict[str, Value]:
    """Return the numbers of a law by name; a list of parts becomes one list for each field of a part."""
    found: dict[str, Value] = {}
    for name in type(dist).params():
        value = getattr(dist, name)
        if not isinstance(value, tuple):
            found[name] = value
        elif isinstance(value[0], Spec):
            found |= {each: [getattr(part, each) for part in value] for each in type(value[0]).params()}
        else:
            found[name] = list(value)
    return found


def lines_for(dist: Distribution, table: dict[str, Lines | Choose]) -> Lines | None:
    """Look up the template of a law, or None where the table has none."""
    row = table.get(type(dist).__name__)
    return row(dist) if callable(row) else row


def fill(lines: Lines, **texts: str) -> str:
    """Put texts in the place of `$name`, and join the lines."""
    return Template("\n".join(lines)).substitute(texts)


def python_number(value: Number) -> str:
    """Write a number that Python reads back to the last digit."""
    return repr(float(value) if isinstance(value, float) else int(value))


def python_list(value: list[Number]) -> str:
    """Write a list for Python."""
    return f"[{', '.join(map(python_number, value))}]"


def python_names(numbers: dict[str, Value]) -> str:
    """Give single numbers their names, in one line: `mu, sigma = 0.0, 1.0`."""
    return f"{', '.join(numbers)} = {', '.join(python_number(value) for value in numbers.values() if not isinstance(value, list))}"


def beyond(dist: Distribution) -> int:
    """Return on which side of the centre of a truncated normal law both limits lie, 3 or more widths out: 1, -1, or 0 for neither."""
    alpha, beta = ((end - dist.mu) / dist.sigma for end in (dist.low, dist.high))
    return int(alpha >= 3) - int(beta <= -3)
