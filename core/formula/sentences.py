"""What a formula is told when it is refused: the rule, what was found and where, and a remedy."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass

from core.formula.functions import ALIASES, CONSTANTS, FUNCTIONS, HINTS
from core.knobs import plain


@dataclass(frozen=True)
class Rules:
    """What a formula is called in a sentence, and the variables that it may use."""

    name: str
    variables: tuple[str, ...]

    def known(self) -> str:
        """Say what a formula may use."""
        return f"use {', '.join((*self.variables, 'numbers'))} and the listed functions"

    def lists(self, word: str) -> bool:
        """Tell whether a name is on the list."""
        return word in self.variables or word in CONSTANTS or word in FUNCTIONS or word in ALIASES

    def example(self) -> str:
        """Return a formula that is accepted."""
        return f"exp({''.join(f'-{word}^2' for word in self.variables)})" if self.variables else "2*pi"

    def refuse(self, rule: str, got: object, remedy: str, start: int | None = None) -> ValueError:
        """Build the error; `start` counts characters from 0, and the sentence from 1."""
        place = "" if start is None else f" at character {start + 1}"
        return ValueError(f"{self.name} must {rule}, got {shown(got)}{place}: try {remedy}")

    def unknown(self, word: str, start: int) -> ValueError:
        """Build the error for a name that is not on the list, with the nearest that is."""
        return self.refuse(self.known(), word, self._nearest(word), start)

    def _nearest(self, word: str) -> str:
        """Guess what was meant: another spelling, a product without its sign, a power, or a slip of the finger."""
        letters = [*self.variables, *CONSTANTS]
        known = [*letters, *FUNCTIONS, *ALIASES]
        for other in (HINTS.get(word), HINTS.get(word.lower()), *(each for each in known if each.lower() == word.lower())):
            if other:
                return other
        letter = "|".join(sorted(letters, key=len, reverse=True))
        if run := re.fullmatch(f"({letter})([0-9]+)", word):
            return f"{run[1]}^{run[2]} or {run[2]}*{run[1]}"
        if len(word) <= 8 and re.fullmatch(f"(?:{letter})+", word):
            return "*".join(re.findall(letter, word))
        return next(iter(difflib.get_close_matches(word[:20], known, 1, 0.7)), self.example())


def shown(value: object) -> str:
    """Show what was found, on one line: a strange character by its code and name, the end as the end."""
    if value == "":
        return "the end"
    if isinstance(value, str) and len(value) == 1 and not " " < value <= "~":
        code = f"U+{ord(value):04X} {unicodedata.name(value, '')}".strip()
        return plain(f"{value} ({code})" if value.isprintable() else code)
    return plain(value)
