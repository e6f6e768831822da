"""The tree of a formula, and how large it may grow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_CHARACTERS = 500  # of a typed formula
MOST_NODES = 200
MOST_DEPTH = 40
MOST_GROWN = 1000  # nodes of a derivative
MOST_GROWN_DEPTH = 120

CONDITIONS = ("compare", "and", "or")


@dataclass(frozen=True)
class Node:
    """One node: a number, a name, an operator or a function, with its parts.

    Attributes:
        head: "number", "name", "compare", "and", "or", one of + * / ^, "-" (which has one part), or a function's name.
            Sums and products have two parts or more and run from the left; a - b is a + (-b).
        parts: the operands or arguments.
        value: of a number, finite and at least 0; of a name, the name; of a comparison, its signs, as in "< <=".
        size: how many nodes the tree has.
        depth: how many nodes lie on its longest branch.
    """

    head: str
    parts: tuple[Node, ...] = ()
    value: float | str = ""
    size: int = field(init=False, compare=False, repr=False)
    depth: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Count the nodes."""
        object.__setattr__(self, "size", 1 + sum(part.size for part in self.parts))
        object.__setattr__(self, "depth", 1 + max((part.depth for part in self.parts), default=0))


def number(value: float) -> Node:
    """Make a finite number; a negative one is the opposite of a positive one."""
    return Node("number", value=float(value)) if value >= 0 else Node("-", (number(-value),))


def name(word: str) -> Node:
    """Make a variable or a constant."""
    return Node("name", value=word)


def names(node: Node) -> Iterator[str]:
    """Walk over the names in a tree."""
    if node.head == "name":
        yield str(node.value)
    for part in node.parts:
        yield from names(part)


def gates(node: Node) -> list[Node]:
    """Return the conditions that switch a product off: its factors that are 0 where they do not hold."""
    if node.head in CONDITIONS:
        return [node]
    if node.head == "*":
        return [gate for part in node.parts for gate in gates(part)]
    return gates(node.parts[0]) if node.head in ("/", "-") else []
