"""The knob that holds a whole model: in a URL it is one of the examples by name, or the model as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from core.knobs import Ask, Param
from core.montecarlo.nets.examples import EXAMPLES
from core.montecarlo.nets.net import Net
from core.montecarlo.nets.node import Node

LONGEST = 20_000  # characters of a model in a link
FIELDS = ("name", "kind", "states", "parents", "table")


@dataclass(frozen=True)
class NetKnob(Param):
    """A directed model, which travels whole."""

    def check(self, name: str, value: Any) -> Net:
        """Return the model if it is one."""
        if type(value) is not Net:
            raise self.refuse(name, f"be a model: one of {', '.join(EXAMPLES)}, or one written by this page", type(value).__name__)
        return value

    def text(self, value: Net | str) -> str:
        """Write the name of an example, or the model as JSON: a list of [name, kind, states, parents, table] a node."""
        if isinstance(value, str):
            return value
        known = next((name for name, net in EXAMPLES.items() if net == value), None)
        return known or json.dumps([[_short(getattr(node, field)) for field in FIELDS] for node in value.nodes], separators=(",", ":"), ensure_ascii=False)

    def parse(self, name: str, text: str) -> Net:
        """Read an example by its name, or a model from JSON."""
        if text in EXAMPLES:
            return EXAMPLES[text]
        try:
            rows = json.loads(text) if len(text) <= LONGEST else None
        except (ValueError, RecursionError):
            rows = None
        if not isinstance(rows, list) or not rows or not all(isinstance(row, list) and len(row) == len(FIELDS) for row in rows):
            raise self.refuse(name, f"be a model: one of {', '.join(EXAMPLES)}, or one written by this page", text)
        return Net(nodes=tuple(Node(**dict(zip(FIELDS, row, strict=True))) for row in rows[:99]))

    def to_json(self, value: Net) -> dict:
        """Write the model for a settings file."""
        return value.to_dict()

    def from_json(self, name: str, value: Any) -> Net:
        """Read the model from a settings file."""
        return Net.from_dict(value)

    def read(self, ask: Ask, path: str, default: Any) -> Net:
        """Ask for the model as a whole."""
        return ask(path, self, default)


def _short(value: Any) -> Any:
    """Write whole numbers without a point, which is most of what a table holds."""
    return [int(each) if float(each).is_integer() else each for each in value] if isinstance(value, tuple) else value
