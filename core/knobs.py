"""The kinds of single knobs: a number, a whole number, a word of a list or a free one, a switch, a range, a row of numbers.

A knob checks a value, writes it for a URL or a settings file, and reads it back through an `ask`: a function
`(path, param, default) -> value` that is asked once per leaf. The URL reader, the widgets and the sweep are three such
functions over the same walk.
"""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Ask = Callable[[str, "Param", Any], Any]


def number_text(value: float) -> str:
    """Write a number the short way that reads back to the same bits: 2 for 2.0, 0.1 for 0.1."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


@dataclass(frozen=True)
class Param:
    """A knob: its label, its help, its symbol in a formula (TeX), and the value it starts from."""

    default: Any
    label: str
    help: str = ""
    symbol: str = ""

    def check(self, name: str, value: Any) -> Any:
        """Return the value in its proper type, or raise ValueError: name, rule, value, remedy."""
        return value

    def text(self, value: Any) -> str:
        """Write the value for a URL."""
        return str(value)

    def parse(self, name: str, text: str) -> Any:
        """Read the value from a URL."""
        return self.check(name, text)

    def to_json(self, value: Any) -> Any:
        """Write the value for a settings file."""
        return value

    def from_json(self, name: str, value: Any) -> Any:
        """Read the value from a settings file."""
        return self.check(name, value)

    def read(self, ask: Ask, path: str, default: Any) -> Any:
        """Ask for the value that stands at a path."""
        return ask(path, self, default)

    def refuse(self, name: str, rule: str, value: Any) -> ValueError:
        """Build the error that names the knob, the rule, the value and a remedy."""
        return ValueError(f"{name} must {rule}, got {plain(value)}: try {self.text(self.default)}")


@dataclass(frozen=True)
class Real(Param):
    """A real number. Its slider spans [low, high]; what may be typed spans `bounds`."""

    low: float = 0.0
    high: float = 1.0
    step: float = 0.01
    scale: str = "linear"
    bounds: tuple[float, float] = (-math.inf, math.inf)

    def check(self, name: str, value: Any) -> float:
        """Return a finite float within the bounds."""
        if isinstance(value, bool | np.bool_) or not isinstance(value, numbers.Real):
            raise self.refuse(name, "be a number", value)
        if not math.isfinite(value):
            raise self.refuse(name, "be a finite number", value)
        if not self.bounds[0] <= value <= self.bounds[1]:
            raise self.refuse(name, f"lie in [{self.bounds[0]:g}, {self.bounds[1]:g}]", value)
        return float(value) + 0.0  # + 0.0 turns -0.0 into 0.0, which would be a second key for one setting

    def text(self, value: float) -> str:
        """Write the number so that it reads back to the same bits."""
        return number_text(value)

    def parse(self, name: str, text: str) -> float:
        """Read the number from text."""
        try:
            value = float(text)
        except ValueError:
            raise self.refuse(name, "be a number", text) from None
        return self.check(name, value)

    def ticks(self, most: int = 101) -> np.ndarray:
        """Return the values that the slider stops at, rising, at most `most` of them."""
        if self.scale == "log":
            raw = np.geomspace(self.low, self.high, most)
            ticks = np.array([float(f"{value:.3g}") for value in raw])
        else:
            n_steps = round((self.high - self.low) / self.step)
            stride = -(-n_steps // (most - 1))  # whole steps only, so that ticks are round numbers
            decimals = max(0, 2 - math.floor(math.log10(self.step)))
            ticks = np.round(self.low + self.step * stride * np.arange(n_steps // stride + 1), decimals) + 0.0
        return np.unique(np.clip(ticks, self.low, self.high))


@dataclass(frozen=True)
class Whole(Real):
    """A whole number."""

    step: float = 1

    def check(self, name: str, value: Any) -> int:
        """Return an int within the bounds; 3.0 is a whole number too."""
        if isinstance(value, numbers.Real) and not isinstance(value, bool) and math.isfinite(value) and value != int(value):
            raise self.refuse(name, "be a whole number", value)
        return int(super().check(name, value)) if not isinstance(value, int) else self._check_int(name, value)

    def _check_int(self, name: str, value: int) -> int:
        if isinstance(value, bool):
            raise self.refuse(name, "be a whole number", value)
        if not self.bounds[0] <= value <= self.bounds[1]:
            raise self.refuse(name, f"lie in [{number_text(self.bounds[0])}, {number_text(self.bounds[1])}]", value)
        return value

    def text(self, value: int) -> str:
        """Write the digits."""
        return str(int(value))

    def parse(self, name: str, text: str) -> int:
        """Read the number from text; 1e3 is a thousand."""
        try:
            value: Any = int(text)
        except ValueError:
            try:
                value = float(text)
            except ValueError:
                raise self.refuse(name, "be a whole number", text) from None
        return self.check(name, value)

    def ticks(self, most: int = 101) -> np.ndarray:
        """Return whole values that the slider stops at, rising."""
        if self.scale == "log":
            return np.unique(np.round(np.geomspace(self.low, self.high, most)))
        n_steps = round((self.high - self.low) / self.step)
        stride = -(-n_steps // (most - 1))
        return np.arange(self.low, self.high + 0.5, self.step * stride)


@dataclass(frozen=True)
class Choice(Param):
    """One word out of a list. A menu and a URL show the label of the word; a settings file keeps the word."""

    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    def text(self, value: str) -> str:
        """Write the label, which is what a bound widget writes too."""
        return dict(zip(self.choices, self.labels, strict=True)).get(value, value)

    def parse(self, name: str, text: str) -> str:
        """Read the word from its label, or from itself."""
        return self.check(name, dict(zip(self.labels, self.choices, strict=True)).get(text, text))

    def check(self, name: str, value: Any) -> str:
        """Return the word if it is on the list."""
        if not isinstance(value, str) or value not in self.choices:
            raise self.refuse(name, f"be one of {listed(self.choices)}", value)
        return value


@dataclass(frozen=True)
class Toggle(Param):
    """On or off."""

    def check(self, name: str, value: Any) -> bool:
        """Return the bool; no other type passes for one."""
        if not isinstance(value, bool | np.bool_):
            raise self.refuse(name, "be true or false", value)
        return bool(value)

    def text(self, value: bool) -> str:
        """Write true or false."""
        return "true" if value else "false"

    def parse(self, name: str, text: str) -> bool:
        """Read true or false."""
        if text.lower() not in ("true", "false"):
            raise self.refuse(name, "be true or false", text)
        return text.lower() == "true"


@dataclass(frozen=True)
class Range(Real):
    """Two numbers, low then high."""

    def check(self, name: str, value: Any) -> tuple[float, float]:
        """Return the pair in rising order, each within the bounds."""
        if not isinstance(value, tuple | list) or len(value) != 2:
            raise self.refuse(name, "be two numbers, low then high", value)
        low, high = (super(Range, self).check(name, part) for part in value)
        if low > high:
            raise self.refuse(name, "be two numbers, low then high", value)
        return low, high

    def text(self, value: tuple[float, float]) -> str:
        """Write both numbers with a comma between."""
        return ",".join(number_text(part) for part in value)

    def parse(self, name: str, text: str) -> tuple[float, float]:
        """Read both numbers."""
        try:
            value = tuple(float(part) for part in text.split(","))
        except ValueError:
            raise self.refuse(name, "be two numbers, low then high", text) from None
        return self.check(name, value)

    def to_json(self, value: tuple[float, float]) -> list[float]:
        """Write the pair as a list."""
        return list(value)


@dataclass(frozen=True)
class Numbers(Real):
    """A row of numbers, of any length up to `most`."""

    most: int = 200

    def check(self, name: str, value: Any) -> tuple[float, ...]:
        """Return the numbers, each within the bounds."""
        if not isinstance(value, tuple | list) or not 1 <= len(value) <= self.most:
            got = f"{len(value)} of them" if isinstance(value, tuple | list) else value
            raise self.refuse(name, f"be 1 to {self.most} numbers", got)
        return tuple(super(Numbers, self).check(name, part) for part in value)

    def text(self, value: tuple[float, ...]) -> str:
        """Write the numbers with commas between."""
        return ",".join(number_text(part) for part in value)

    def parse(self, name: str, text: str) -> tuple[float, ...]:
        """Read numbers between commas, semicolons, blanks or lines."""
        words = re.split(r"[\s,;]+", text.strip(" \t\r\n,;"))
        if len(words) > self.most:
            raise self.refuse(name, f"be 1 to {self.most} numbers", f"{len(words)} of them")
        return self.check(name, tuple(self._number(name, word) for word in words))

    def _number(self, name: str, word: str) -> float:
        try:
            return float(word)
        except ValueError:
            raise self.refuse(name, "be numbers", word) from None

    def refuse(self, name: str, rule: str, value: Any) -> ValueError:
        """Build the error; the remedy is the first few of the default."""
        return ValueError(f"{name} must {rule}, got {plain(value)}: try {Numbers.text(self, self.default[:4])}")

    def to_json(self, value: tuple[float, ...]) -> list[float]:
        """Write the numbers as a list."""
        return list(value)


@dataclass(frozen=True)
class Word(Param):
    """A short free text on one line, such as the name of a column."""

    length: int = 100

    def check(self, name: str, value: Any) -> str:
        """Return the text if it is short and on one line."""
        if not isinstance(value, str) or len(value) > self.length or value != " ".join(value.split()):
            raise self.refuse(name, f"be text of at most {self.length} characters on one line", value)
        return value


def listed(words: Sequence[str], most: int = 8) -> str:
    """List words, and only the first of them where there are many."""
    return ", ".join(words) if len(words) <= most else f"{', '.join(words[: most - 2])}, ... ({len(words)} in all)"


def plain(value: Any) -> str:
    """Show a refused value in an error: short, on one line, whatever it was."""
    text = number_text(value) if isinstance(value, float) and math.isfinite(value) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."
