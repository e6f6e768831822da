"""A spec says what to run: the setting, the URL, the JSON and the line of Python are one frozen dataclass."""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Callable, Mapping
from typing import Any, Self

from core.params import Ask, Param, plain


class Reader:
    """An `ask` that also says what stands in for a part whose fields contradict each other."""

    def __init__(self, leaf: Ask, refused: Callable[[str, ValueError, Spec], Spec]) -> None:
        self.leaf, self.refused = leaf, refused

    def __call__(self, path: str, knob: Param, default: Any) -> Any:
        """Ask for one leaf."""
        return self.leaf(path, knob, default)


class Spec:
    """Base of all specs. A subclass is a frozen dataclass whose fields are made by `param(...)`.

    Every spec checks itself when it is made, so a spec that exists is a spec that can run. Its `repr` is
    the line of Python that makes it again.
    """

    def __post_init__(self) -> None:
        """Check every field; then what several fields must agree on."""
        for name, knob in self.params().items():
            object.__setattr__(self, name, knob.check(name, getattr(self, name)))
        self.agree()

    def agree(self) -> None:
        """Raise ValueError where two fields contradict each other; a subclass says how."""

    @classmethod
    @functools.cache
    def params(cls) -> Mapping[str, Param]:
        """Return the knobs by field name, in order."""
        return {each.name: each.metadata["param"] for each in dataclasses.fields(cls)}

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some fields changed, checked again."""
        return dataclasses.replace(self, **changes)

    # JSON

    def to_dict(self) -> dict[str, Any]:
        """Write the spec for a settings file: its class name under "type", then its fields."""
        return {"type": type(self).__name__} | {name: knob.to_json(getattr(self, name)) for name, knob in self.params().items()}

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read a spec from a settings file; a field left out keeps its default.

        Raises:
            ValueError: in one sentence, when the class, a name or a value is not what it must be.
        """
        if not isinstance(data, dict) or data.get("type") != cls.__name__:
            found = data.get("type") if isinstance(data, dict) else data
            raise ValueError(f"type must be {cls.__name__}, got {plain(found)}: try a settings file of this page")
        unknown = [str(name) for name in data if name != "type" and name not in cls.params()]
        if unknown:
            raise ValueError(f"{cls.__name__} has no setting {plain(unknown[0])}: it has {', '.join(cls.params())}")
        return cls(**{name: cls.params()[name].from_json(name, value) for name, value in data.items() if name != "type"})

    def key(self) -> str:
        """Return one canonical line that two specs share only when they are the same setting of the same class."""
        return json.dumps(self.to_dict(), sort_keys=True, separators=(",", ":"))

    # Paths: one walk serves the URL, the widgets and the sweep

    @classmethod
    def read(cls, ask: Ask, prefix: str = "", default: Self | None = None) -> Self:
        """Make a spec by asking for each leaf: `ask(path, param, default) -> value`.

        Where the answers contradict each other a `Reader` gives a part in their place; a plain function lets the error rise.
        """
        default = default or cls()
        values = {name: knob.read(ask, join(prefix, name), getattr(default, name)) for name, knob in cls.params().items()}
        try:
            return cls(**values)
        except ValueError as error:
            if not isinstance(ask, Reader):
                raise
            return ask.refused(prefix, error, default)

    def leaves(self, prefix: str = "") -> dict[str, tuple[Param, Any]]:
        """Return every leaf by its path, with its knob and its value, in the order of the page."""
        found: dict[str, tuple[Param, Any]] = {}

        def note(path: str, knob: Param, value: Any) -> Any:
            found[path] = (knob, value)
            return value

        type(self).read(note, prefix, self)
        return found

    def with_leaf(self, path: str, value: Any, prefix: str = "") -> Self:
        """Return a copy in which the leaf at a path has another value, checked again; raises as `with_leaves`."""
        return self.with_leaves({path: value}, prefix)

    def with_leaves(self, changes: Mapping[str, Any], prefix: str = "") -> Self:
        """Return a copy in which the leaves at some paths have other values, checked again.

        Raises:
            ValueError: when there is no such path, or a value is refused.
        """
        leaves = self.leaves(prefix)
        for path in changes:
            if path not in leaves:
                raise ValueError(f"path must be one of {', '.join(leaves)}, got {plain(path)}: try {next(iter(leaves))}")
        values = {path: old for path, (_, old) in leaves.items()} | {path: leaves[path][0].check(path, value) for path, value in changes.items()}
        return type(self).read(lambda path, knob, default: values.get(path, default), prefix)

    def to_query(self, prefix: str = "") -> dict[str, str]:
        """Write what differs from the defaults, as path and text, for a URL."""
        leaves, query = self.leaves(prefix), {}

        def compare(path: str, knob: Param, default: Any) -> Any:
            value = leaves[path][1]
            if value != default:
                query[path] = knob.text(value)
            return value

        type(self).read(compare, prefix)
        return query

    @classmethod
    def from_query(cls, query: Mapping[str, str], prefix: str = "") -> tuple[Self, list[str]]:
        """Read a spec from a URL, and a sentence for each value that was refused and replaced by its default."""
        problems: list[str] = []

        def parse(path: str, knob: Param, default: Any) -> Any:
            if path not in query:
                return default
            try:
                return knob.parse(path, query[path])
            except ValueError as error:
                problems.append(str(error))
                return default

        def refused(path: str, error: ValueError, default: Spec) -> Spec:
            problems.append(str(error))
            return default

        return cls.read(Reader(parse, refused), prefix), problems


def join(prefix: str, name: str) -> str:
    """Put a field's name behind its prefix."""
    return f"{prefix}.{name}" if prefix else name
