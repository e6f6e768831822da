"""A preset: a ready experiment with the sentence that says what it shows."""

from dataclasses import dataclass

from core.spec import Spec


@dataclass(frozen=True)
class Preset:
    """A ready experiment. One that fails on purpose names its failure and its cure.

    `view` holds what is not part of the experiment but of its picture, such as the parameter that the hand is on.
    """

    name: str
    spec: Spec
    shows: str
    fails: str | None = None
    cure: str | None = None
    view: tuple[tuple[str, str], ...] = ()

    def query(self) -> dict[str, str]:
        """Return the URL's parameters that restore it."""
        return self.spec.to_query() | dict(self.view)
