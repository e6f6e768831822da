"""Knobs that hold others: a member of a family, a list of like things, a record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.knobs import Ask, Choice, Param, Real, Whole, listed


@dataclass(frozen=True)
class Variant(Param):
    """A member of a family, with its own fields under it."""

    family: Callable[[], tuple[type, ...]] = tuple

    def member(self, name: str, word: Any) -> type:
        """Look a class up by its name, in the family tuple only."""
        for cls in self.family():
            if cls.__name__ == word:
                return cls
        raise self.refuse(name, f"be one of {listed([cls.__name__ for cls in self.family()])}", word)

    def check(self, name: str, value: Any) -> Any:
        """Return the spec if its class is of the family."""
        if type(value) not in self.family():
            raise self.refuse(name, f"be one of {listed([cls.__name__ for cls in self.family()])}", type(value).__name__)
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
class Count(Whole):
    """How many entries a list has."""


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

    def count(self) -> Count:
        """Return the knob that says how many, which is a leaf of its own."""
        return Count(len(self.default), self.label, self.help, low=self.least, high=self.most, bounds=(self.least, self.most))

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
