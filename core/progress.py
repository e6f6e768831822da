"""How long work reports: it is a generator, and whoever asked may show, keep or stop it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Progress(Generic[Result]):
    """A report from work under way: `done` of `total` units, and the best result so far."""

    done: int
    total: int
    result: Result
    note: str = ""


def finish(work: Iterator[Progress[Result]]) -> Result:
    """Run a generator of reports to its end and return the last result.

    Raises:
        ValueError: when the work reports nothing at all.
    """
    last = None
    for last in work:
        pass
    if last is None:
        raise ValueError("the work ended without a report: it must yield at least one Progress")
    return last.result
