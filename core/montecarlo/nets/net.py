"""A directed model: nodes, each drawn given its parents, and all that must hold for them to fit together."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.knobs import listed
from core.montecarlo.nets.node import Node
from core.params import param
from core.spec import Spec

Array = np.ndarray
MOST_NODES = 10
CLOSE = 1e-6  # how far a row of probabilities may be from 1


@dataclass(frozen=True)
class Net(Spec):
    """A directed model: p(all) is the product of p(node | its parents) over the nodes.

    https://en.wikipedia.org/wiki/Bayesian_network
    """

    nodes: tuple[Node, ...] = param(
        (Node("Rain", table=(0.2, 0.8)), Node("Wet", parents="Rain", table=(0.9, 0.1, 0.1, 0.9))), "Nodes", least=1, most=MOST_NODES, singular="node"
    )

    def agree(self) -> None:
        """Check names, arrows and tables; each mistake has its sentence."""
        for name in self.names:
            if self.names.count(name) > 1:
                raise ValueError(f"names of nodes must differ from each other, got {name} twice: try {name} 2")
        for node in self.nodes:
            self._check_parents(node)
        if loop := self._loop():
            raise ValueError(f"arrows must not lead back to where they began, got {' → '.join(loop)}: take one of these arrows away")
        for place in range(len(self.nodes)):
            self._check_table(place)

    def _check_parents(self, node: Node) -> None:
        for name in node.parent_names:
            if name not in self.names:
                others = [other for other in self.names if other != node.name]
                raise ValueError(f"parents of {node.name} must be nodes, got {name}, which is none: try {listed(others) or 'no parents'}")
            kind = self.nodes[self.names.index(name)].kind
            if kind == "cut":
                raise ValueError(f"parents of {node.name} must have states or be numbers, got {name}, which is cut from a number: try the number itself")
            if node.kind == "states" and kind == "number":
                raise ValueError(f"parents of {node.name} must have states, got {name}, which is a number: try {node.name} as a number cut into states")
        if node.kind == "cut" and (len(node.parent_names) != 1 or self.nodes[self.names.index(node.parent_names[0])].kind != "number"):
            got = node.parents or "none"
            raise ValueError(f"parents of {node.name} must be the one number that it is cut from, got {got}: try a node that is a number")

    def _loop(self) -> list[str]:
        """Return the names round a circle of arrows; none where there is no circle."""
        left = dict(zip(self.names, (node.parent_names for node in self.nodes), strict=True))
        while free := [name for name, parents in left.items() if not any(parent in left for parent in parents)]:
            for name in free:
                del left[name]
        if not left:
            return []
        seen = [next(iter(left))]
        while (up := next(parent for parent in left[seen[-1]] if parent in left)) not in seen:
            seen.append(up)
        return [*seen[seen.index(up) :], up][::-1]

    def _check_table(self, place: int) -> None:
        node, (rows, columns) = self.nodes[place], self.shape(place)
        if len(node.table) != rows * columns:
            wanted = f"{rows} row{'s' * (rows > 1)} of {columns}"
            raise ValueError(f"table of {node.name} must have {rows * columns} numbers ({wanted}), got {len(node.table)}: add or remove some")
        table = np.reshape(node.table, (rows, columns))
        if node.kind == "states":
            for row, told in zip(table, self.settings(place), strict=True):
                total, where = math.fsum(row), f" at {told}" if told else ""
                if row.min() < 0 or row.max() > 1 or abs(total - 1) > CLOSE:
                    got = ", ".join(f"{each:g}" for each in row) + (f", which add to {total:.6g}" if row.min() >= 0 else "")
                    fair = ", ".join(f"{each:.3g}" for each in _shares(row))
                    raise ValueError(f"probabilities of {node.name}{where} must lie in [0, 1] and add to 1, got {got}: try {fair}")
        elif node.kind == "number" and table[:, -1].min() < 1e-6:
            raise ValueError(f"standard deviation of {node.name} must be at least 1e-06, got {table[:, -1].min():g}: try 1")
        elif node.kind == "cut" and np.any(np.diff(table[0]) <= 0):
            raise ValueError(f"cuts of {node.name} must rise, got {', '.join(f'{each:g}' for each in table[0])}: put the lowest first")

    # What follows from the nodes

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the nodes."""
        return tuple(node.name for node in self.nodes)

    @cached_property
    def parents(self) -> tuple[tuple[int, ...], ...]:
        """The places of each node's parents."""
        return tuple(tuple(self.names.index(name) for name in node.parent_names) for node in self.nodes)

    @cached_property
    def depth(self) -> tuple[int, ...]:
        """How many arrows the longest way to each node has."""
        depth = [0] * len(self.nodes)
        for _ in self.nodes:
            depth = [max((depth[up] + 1 for up in ups), default=0) for ups in self.parents]
        return tuple(depth)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The places of the nodes, parents before their children."""
        return tuple(sorted(range(len(self.nodes)), key=lambda place: self.depth[place]))

    def with_states(self, place: int) -> tuple[int, ...]:
        """Return those parents of a node that have states."""
        return tuple(up for up in self.parents[place] if self.nodes[up].kind == "states")

    def numbers(self, place: int) -> tuple[int, ...]:
        """Return those parents of a node that are numbers."""
        return tuple(up for up in self.parents[place] if self.nodes[up].kind == "number")

    def sizes(self, place: int) -> tuple[int, ...]:
        """Return how many states each parent with states has."""
        return tuple(len(self.nodes[up].state_names) for up in self.with_states(place))

    def shape(self, place: int) -> tuple[int, int]:
        """Return rows and columns of a node's table."""
        node = self.nodes[place]
        columns = {"states": len(node.state_names), "number": 2 + len(self.numbers(place)), "cut": len(node.state_names) - 1}[node.kind]
        return math.prod(self.sizes(place)), columns

    def columns(self, place: int) -> list[str]:
        """Return what the columns of a node's table are called."""
        node = self.nodes[place]
        if node.kind == "number":
            return ["base", *(f"slope of {self.names[up]}" for up in self.numbers(place)), "standard deviation"]
        states = node.state_names
        return list(states) if node.kind == "states" else [f"{low} below, {high} from here" for low, high in itertools.pairwise(states)]

    def settings(self, place: int) -> list[str]:
        """Return what the rows of a node's table stand for: "Rain = yes, Cloudy = no"; "" where there is one row alone."""
        ups = self.with_states(place)
        found = [""]
        for up in ups:
            found = [f"{told}, {self.names[up]} = {state}".lstrip(", ") for told in found for state in self.nodes[up].state_names]
        return found

    def table(self, place: int) -> Array:
        """Return a node's table (rows, columns); probabilities add to 1 to the last bit that matters."""
        table = np.reshape(self.nodes[place].table, self.shape(place)).astype(float)
        return table / table.sum(axis=1, keepdims=True) if self.nodes[place].kind == "states" else table

    def row_of(self, place: int, states: dict[int, Array], n: int) -> Array:
        """Return which row of a node's table holds, from the states of its parents: (n,)."""
        row = np.zeros(n, np.intp)
        for up, size in zip(self.with_states(place), self.sizes(place), strict=True):
            row = row * size + states[up]
        return row


def _shares(row: Array) -> Array:
    inside = np.clip(row, 0, None)
    return inside / inside.sum() if inside.sum() > 0 else np.full(len(row), 1 / len(row))
