"""Cut a typed formula into tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from core.formula.sentences import Rules

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
TOKEN = re.compile(
    rf"""(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*|π|τ)
    |(?P<raised>⁻?[{SUPERSCRIPTS}]+)
    |(?P<sign>\*\*|<=|>=|[-+*/^()\[\]|,<>−–·⋅×÷≤≥])""",
    re.VERBOSE,
)
PLAIN = {"π": "pi", "τ": "tau", "**": "^", "−": "-", "–": "-", "·": "*", "⋅": "*", "×": "*", "÷": "/", "≤": "<=", "≥": ">="}
# What stands in a formula that means something else, and what to do
STRANGE = {
    "=": ("be an expression without =", "what stands behind the ="),
    "!": ("write a factorial as gamma", "gamma(x+1) for x!"),
    "&": ("join conditions with and", "[0 < x and x < 1]"),
    "{": ("use round brackets", "("),
    "}": ("use round brackets", ")"),
    ";": ("be one expression", "what stands before the ;"),
    "%": ("write shares as numbers", "0.5 for 50%"),
}


class Token(NamedTuple):
    """A piece of a formula: its kind, its plain spelling, where it starts, and whether a blank stands before it."""

    kind: str  # number, name, raised, sign or end
    text: str
    start: int
    spaced: bool


def tokens(text: str, rules: Rules) -> Iterator[Token]:
    """Cut a formula into tokens, the last of them the end.

    Raises:
        ValueError: at a character that no formula has, or a name that this one may not use.
    """
    at, spaced = 0, False
    while at < len(text):
        if text[at].isspace():
            at, spaced = at + 1, True
            continue
        found = TOKEN.match(text, at)
        if not found:
            rule, remedy = STRANGE.get(text[at], (rules.known(), rules.example()))
            raise rules.refuse(rule, text[at], remedy, at)
        word = PLAIN.get(found[0], found[0])
        kind = "sign" if word in ("and", "or") else str(found.lastgroup)
        if kind == "name" and not rules.lists(word):
            raise rules.unknown(word, at)
        yield Token(kind, word, at, spaced)
        at, spaced = found.end(), False
    yield Token("end", "", len(text), spaced)
