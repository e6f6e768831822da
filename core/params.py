"""One declaration per knob: `param(...)` drives the slider, the URL, the check, the docs and the tests.

A `Param` knows how to check a value, how to write it for a URL or a settings file, and how to read it
back through an `ask`: a function `(path, param, default) -> value` that is asked once per leaf. The URL
reader, the widgets and the sweep are three such functions over the same walk.
"""

from __future__ import annotations

import dataclasses
import math
import numbers
from collections.abc import Callable
from dataclasses import dataclass, field
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
            raise self.refuse(name, f"be one of {', '.join(self.choices)}", value)
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
class Variant(Param):
    """A member of a family, with its own fields under it."""

    family: Callable[[], tuple[type, ...]] = tuple

    def member(self, name: str, word: Any) -> type:
        """Look a class up by its name, in the family tuple only."""
        for cls in self.family():
            if cls.__name__ == word:
                return cls
        raise self.refuse(name, f"be one of {', '.join(cls.__name__ for cls in self.family())}", word)

    def check(self, name: str, value: Any) -> Any:
        """Return the spec if its class is of the family."""
        if type(value) not in self.family():
            raise self.refuse(name, f"be one of {', '.join(cls.__name__ for cls in self.family())}", type(value).__name__)
        return value

    def text(self, value: Any) -> str:
        """Write the name of the member; its fields have paths of their own."""
        return value if isinstance(value, str) else type(value).__name__

    def to_json(self, value: Any) -> Any:
        """Write the member with its class name."""
        return value.to_dict()

    def from_json(self, name: str, value: Any) -> Any:
        """Read the member; its class must be of the family."""
        if not isinstance(value, dict):
            raise self.refuse(name, "be an object with a type", value)
        return self.member(name, value.get("type")).from_dict(value)

    def word(self) -> Choice:
        """Return the choice among the members' names, which is a leaf of its own."""
        family = self.family()
        names = tuple(cls.__name__ for cls in family)
        return Choice(self.text(self.default), self.label, self.help, self.symbol, names, tuple(getattr(cls, "title", cls.__name__) for cls in family))

    def read(self, ask: Ask, path: str, default: Any) -> Any:
        """Ask which member, then ask its own fields below `path.Member`."""
        member = self.member(path, ask(path, self.word(), type(default).__name__))
        return member.read(ask, f"{path}.{member.__name__}", default if isinstance(default, member) else None)


@dataclass(frozen=True)
class Many(Param):
    """A list of like things: mixture parts, weights, lanes. Paths are `items` (how many) and `item.0`, `item.1`, ..."""

    item: Param = field(default_factory=lambda: Real(0.0, ""))
    least: int = 1
    most: int = 12
    singular: str = "item"

    def check(self, name: str, value: Any) -> tuple:
        """Return a tuple of checked items."""
        if isinstance(value, np.ndarray):
            value = value.tolist()
        if not isinstance(value, tuple | list):
            raise self.refuse(name, f"be a list of {self.least} to {self.most}", value)
        if not self.least <= len(value) <= self.most:
            raise ValueError(f"{name} must have {self.least} to {self.most} entries, got {len(value)}: try {len(self.default)}")
        return tuple(self.item.check(f"{self.singular}.{i}", each) for i, each in enumerate(value))

    def text(self, value: Any) -> str:
        """Write how many there are; the items have paths of their own."""
        return str(value if isinstance(value, int) else len(value))

    def to_json(self, value: tuple) -> list:
        """Write the items as a list."""
        return [self.item.to_json(each) for each in value]

    def from_json(self, name: str, value: Any) -> tuple:
        """Read the items from a list."""
        if not isinstance(value, list):
            raise self.refuse(name, f"be a list of {self.least} to {self.most}", value)
        return self.check(name, tuple(self.item.from_json(f"{self.singular}.{i}", each) for i, each in enumerate(value[: self.most + 1])))

    def count(self) -> Whole:
        """Return the knob that says how many, which is a leaf of its own."""
        return Whole(len(self.default), self.label, self.help, low=self.least, high=self.most, bounds=(self.least, self.most))

    def read(self, ask: Ask, path: str, default: tuple) -> tuple:
        """Ask how many, then ask each; entries past the default start from the item's own default."""
        stem = path.rpartition(".")[0]
        n_items = ask(path, self.count(), len(default))
        below = f"{stem}.{self.singular}" if stem else self.singular
        starts = [default[i] if i < len(default) else self.item.default for i in range(n_items)]
        return tuple(self.item.read(ask, f"{below}.{i}", start) for i, start in enumerate(starts))


@dataclass(frozen=True)
class Record(Param):
    """A spec of one fixed class, with its fields under it."""

    def check(self, name: str, value: Any) -> Any:
        """Return the record if it is of the class."""
        if type(value) is not type(self.default):
            raise self.refuse(name, f"be a {type(self.default).__name__}", value)
        return value

    def to_json(self, value: Any) -> dict:
        """Write the record."""
        return value.to_dict()

    def from_json(self, name: str, value: Any) -> Any:
        """Read the record."""
        return type(self.default).from_dict(value)

    def read(self, ask: Ask, path: str, default: Any) -> Any:
        """Ask for each field of the record."""
        return type(self.default).read(ask, path, default)


def plain(value: Any) -> str:
    """Show a refused value in an error: short, on one line, whatever it was."""
    text = number_text(value) if isinstance(value, float) and math.isfinite(value) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def param(default: Any, label: str, **rest: Any) -> Any:
    """Declare a field of a spec: `sigma: float = param(1.0, "Standard deviation", low=0.1, high=5, step=0.1)`.

    The type of the default decides the kind of knob: float, int, bool, str with `choices`, a pair with
    `span=True`, a spec with `family=lambda: FAMILY`, or a tuple of floats or specs with `singular="part"`.

    Args:
        default: where the knob starts; a member of every family works with its defaults alone.
        label: what a student reads beside the knob, in the field's own words.
        rest: low, high, step, scale ("linear" or "log") of the slider; bounds of what may be typed
            (the slider's ends when left out); help; symbol (TeX); and the options above.
    """
    return field(default=default, metadata={"param": _kind(default, label, rest)})


def _kind(default: Any, label: str, rest: dict) -> Param:
    if "family" in rest:
        return Variant(default, label, **rest)
    if isinstance(default, bool):
        return Toggle(default, label, **rest)
    if isinstance(default, str):
        return Choice(default, label, **{"labels": rest.get("choices", ()), **rest})
    if isinstance(default, numbers.Real):
        rest = {"bounds": (rest["low"], rest["high"]), **rest}
        return (Whole if isinstance(default, int) else Real)(default, label, **rest)
    if rest.pop("span", False):
        return Range(default, label, **{"bounds": (rest["low"], rest["high"]), **rest})
    if isinstance(default, tuple):
        many = {name: rest.pop(name) for name in ("least", "most", "singular") if name in rest}
        first = rest.pop("start", default[0])
        item = _kind(first, rest.pop("item_label", label), rest) if not dataclasses.is_dataclass(first) else Record(first, label)
        return Many(default, label, rest.get("help", ""), rest.get("symbol", ""), item=item, **many)
    if dataclasses.is_dataclass(default):
        return Record(default, label, **rest)
    raise TypeError(f"no knob for a default of type {type(default).__name__}")
