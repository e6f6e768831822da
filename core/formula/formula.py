"""A formula that was typed, read and found safe."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from core.formula import slopes, writing
from core.formula.functions import ALIASES, CONSTANTS, FUNCTIONS
from core.formula.grammar import read
from core.formula.logs import log_value
from core.formula.nodes import MOST_CHARACTERS, Node, names
from core.formula.sentences import Rules
from core.formula.values import Array, Places, value

BLOCK = 8192  # values at a time, so that the memory of a formula does not grow with its length


def parse(text: str, variables: tuple[str, ...] = ("x",), name: str = "formula") -> Formula:
    """Read a formula. The syntax stands in `core.formula`.

    Args:
        text: what was typed, at most 500 characters; its tree has at most 200 nodes and is at most 40 deep.
        variables: the names it may use, in the order of the arguments of `evaluate`.
        name: what an error calls the formula, such as the label of its field.

    Raises:
        ValueError: in one sentence with the place and a remedy, for anything but a formula.
    """
    for word in variables:
        if not (word.isascii() and word.isalpha()) or word in (*FUNCTIONS, *CONSTANTS, *ALIASES, "and", "or"):
            raise ValueError(f"variables must be words that mean nothing else, got {word}: try x")
    rules = Rules(name, tuple(variables))
    if not isinstance(text, str):
        raise rules.refuse("be text", text, rules.example())
    formula = Formula(read(text, rules), rules.variables)
    if len(formula.text) > MOST_CHARACTERS:  # so that a canonical text can always be read again
        raise rules.refuse(f"be at most {MOST_CHARACTERS} characters long when written out", len(formula.text), "a shorter formula")
    return formula


@dataclass(frozen=True, repr=False)
class Formula:
    """A function of its variables. Equal trees are equal formulas; `repr` is the line of Python that makes it again."""

    root: Node
    variables: tuple[str, ...] = ("x",)

    @functools.cached_property
    def text(self) -> str:
        """The formula written out in full, without blanks where it is long: `parse` reads it back. A derivative may be too long for that."""
        text = writing.text(self.root)
        return text if len(text) <= MOST_CHARACTERS else re.sub(r"(,|[-+]) ", r"\1", text).replace(" +", "+").replace(" -", "-")

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"parse({self.text!r}, {self.variables!r})"

    @functools.cached_property
    def used(self) -> tuple[str, ...]:
        """The variables that the formula really uses."""
        found = set(names(self.root))
        return tuple(word for word in self.variables if word in found)

    def tex(self) -> str:
        """Return the formula as TeX."""
        return writing.tex(self.root)

    def evaluate(self, *places: ArrayLike) -> Array:
        """Return the values at some places: one array per variable, broadcast together.

        Never raises or warns over a value: what is undefined is nan, what is too large inf, as NumPy has it.
        """
        return self._over(value, places)

    def log_evaluate(self, *places: ArrayLike) -> Array:
        """Return the log of the values, right also where the values themselves underflow or overflow.

        log exp(u) is u, the log of a product the sum of logs, and so on through powers, roots, sums and `where`.
        -inf where the formula is 0, nan where it is negative or undefined. A small difference, such as 1 - erf(x) far
        out, has lost its digits here too.
        """
        return self._over(log_value, places)

    def derivative(self, word: str) -> Formula:
        """Return the derivative with respect to a variable, tidied. Right wherever the formula has a value and a slope.

        Jumps (of floor, sign, conditions) count as flat.

        Raises:
            ValueError: when it would have more than 1,000 nodes.
        """
        if word not in self.variables:
            raise ValueError(f"variable must be one of {', '.join(self.variables)}, got {word}: try {self.variables[0]}")
        return Formula(slopes.derivative(self.root, word), self.variables)

    def _over(self, function: Callable[[Node, Places], Array], places: tuple[ArrayLike, ...]) -> Array:
        """Evaluate block by block."""
        if len(places) != len(self.variables):
            raise ValueError(f"places must be one array for each of {', '.join(self.variables)}, got {len(places)}: try {len(self.variables)}")
        arrays = np.broadcast_arrays(*(np.asarray(place, float) for place in places))
        flat = [array.reshape(-1) for array in arrays]
        out = np.empty(flat[0].size)
        with np.errstate(all="ignore"):
            for start in range(0, out.size, BLOCK):
                block = slice(start, start + BLOCK)
                out[block] = function(self.root, {word: array[block] for word, array in zip(self.variables, flat, strict=True)})
        return out.reshape(arrays[0].shape)
