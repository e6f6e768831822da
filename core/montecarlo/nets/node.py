"""One node of a directed model: its states or its Gaussian, and the table that says how it follows its parents."""

from __future__ import annotations

from dataclasses import dataclass

from core.knobs import plain
from core.params import param
from core.spec import Spec

KINDS = ("states", "number", "cut")
KIND_WORDS = ("a few states", "a number (Gaussian)", "a number cut into states")
MOST_STATES, MOST_PARENTS, MOST_NUMBERS = 4, 3, 256
LONGEST_NAME, LONGEST_STATE = 16, 12  # characters: what a box holds


def words(text: str) -> tuple[str, ...]:
    """Split words at commas."""
    return tuple(" ".join(word.split()) for word in text.split(",") if word.strip())


@dataclass(frozen=True)
class Node(Spec):
    """A node: a few states with a probability each, a Gaussian number, or a number cut into states.

    `table` is read row by row, a row for each setting of the parents that have states (the first parent turns slowest):
    states: a probability each; a number: base, a slope for each parent that is a number, standard deviation;
    a cut: the places where its one parent, a number, is cut, rising.

    x | parents ~ Normal(base + sum of slope · parent, sd): https://en.wikipedia.org/wiki/Bayesian_network
    """

    name: str = param("Rain", "Name", length=40, help="What the node is called.")
    kind: str = param("states", "It is", choices=KINDS, labels=KIND_WORDS, help="What values the node has.")
    states: str = param("yes, no", "States", length=80, help="Two to four states, with commas between.")
    parents: str = param("", "Parents", length=80, help="The nodes that it follows, with commas between.")
    table: tuple[float, ...] = param((0.5, 0.5), "Table", sequence=True, most=MOST_NUMBERS, bounds=(-1e6, 1e6), help="Its numbers, row by row.")

    @property
    def state_names(self) -> tuple[str, ...]:
        """Return the names of the states; a number has none."""
        return () if self.kind == "number" else words(self.states)

    @property
    def parent_names(self) -> tuple[str, ...]:
        """Return the names of the parents."""
        return words(self.parents)

    def agree(self) -> None:
        """Check what the node can be told alone: its name, its states, how many parents it has."""
        check_name("name", self.name, LONGEST_NAME, "Rain")
        if self.kind != "number":
            states = self.state_names
            if not 2 <= len(states) <= MOST_STATES:
                raise ValueError(f"states of {self.name} must be 2 to {MOST_STATES} words with commas between, got {plain(self.states)}: try yes, no")
            for state in states:
                check_name(f"a state of {self.name}", state, LONGEST_STATE, "yes")
            if len(set(states)) < len(states):
                raise ValueError(f"states of {self.name} must differ from each other, got {plain(self.states)}: try yes, no")
        if len(self.parent_names) > MOST_PARENTS:
            raise ValueError(f"{self.name} must have at most {MOST_PARENTS} parents, got {len(self.parent_names)}: try {', '.join(self.parent_names[:3])}")
        if len(set(self.parent_names)) < len(self.parent_names):
            raise ValueError(f"parents of {self.name} must be named once each, got {plain(self.parents)}: try {', '.join(dict.fromkeys(self.parent_names))}")


def check_name(what: str, name: str, longest: int, example: str) -> None:
    """Raise ValueError unless a name is short and of letters, digits, blanks, - and _ alone."""
    if not 1 <= len(name) <= longest or name != name.strip() or not all(each.isalnum() or each in " -_" for each in name):
        raise ValueError(f"{what} must be 1 to {longest} letters, digits, blanks, - or _, got {plain(name) or 'nothing'}: try {example}")
