"""How long work reports: it is a generator, and whoever asked may show, keep or stop it."""

from collections import deque
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
    reports = deque(work, maxlen=1)
    if not reports:
        raise ValueError("the work ended without a report: it must yield at least one Progress")
    return reports[0].result
