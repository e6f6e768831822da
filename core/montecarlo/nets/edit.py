"""Change a directed model: each change gives a new one, with tables that keep what still fits; a mistake is a sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import numpy as np

from core.montecarlo.nets.exact import Bells, solve
from core.montecarlo.nets.net import Net
from core.montecarlo.nets.node import Node

Array = np.ndarray


def added(net: Net) -> Net:
    """Add a node with two states and no parents."""
    number = next(k for k in range(1, 99) if f"Node {k}" not in net.names)
    return Net((*net.nodes, Node(f"Node {number}")))


def removed(net: Net, place: int) -> Net:
    """Take a node away; its children go on as if it were in its first state."""
    name = net.names[place]
    left = [node.replace(parents=", ".join(up for up in node.parent_names if up != name)) for node in net.nodes if node.name != name]
    return _refitted(net, left)


def renamed(net: Net, place: int, name: str) -> Net:
    """Give a node another name, also where it is a parent."""
    old, name = net.names[place], " ".join(name.split())
    if name in net.names:
        raise ValueError(f"names of nodes must differ from each other, got {name} twice: try {name} 2")
    nodes = [node.replace(parents=", ".join(name if up == old else up for up in node.parent_names)) for node in net.nodes]
    return Net(tuple(node.replace(name=name) if i == place else node for i, node in enumerate(nodes)))


def with_states(net: Net, place: int, states: str) -> Net:
    """Give a node other states; tables of the same size stay, others keep what fits."""
    return _refitted(net, [node.replace(states=states) if i == place else node for i, node in enumerate(net.nodes)])


def with_parents(net: Net, place: int, names: Sequence[str]) -> Net:
    """Give a node other parents."""
    return _refitted(net, [node.replace(parents=", ".join(names)) if i == place else node for i, node in enumerate(net.nodes)])


def with_kind(net: Net, place: int, kind: str) -> Net:
    """Make a node one with states, a number, or a number cut into states; parents that cannot stay go."""
    node, kinds = net.nodes[place], dict(zip(net.names, (each.kind for each in net.nodes), strict=True))
    stay = [up for up in node.parent_names if kind == "number" or kinds[up] == ("number" if kind == "cut" else "states")]
    if kind == "cut":
        numbers = [name for name in net.names if kinds[name] == "number" and name != node.name]
        stay = (stay or numbers)[:1]
    changed = node.replace(kind=kind, parents=", ".join(stay))
    return _refitted(net, [changed if i == place else each for i, each in enumerate(net.nodes)])


def with_table(net: Net, place: int, table: Sequence[Sequence[float]]) -> Net:
    """Give a node another table, row by row."""
    changed = net.nodes[place].replace(table=tuple(float(value) for row in table for value in row))
    return Net(tuple(changed if i == place else node for i, node in enumerate(net.nodes)))


def _refitted(old: Net, nodes: Sequence[Node]) -> Net:
    """Return a model of changed nodes, whose tables are made to fit."""
    kinds = {node.name: node for node in nodes}
    return Net(tuple(node.replace(table=_table(old, node, kinds)) for node in nodes))


def _table(old: Net, node: Node, now: dict[str, Node]) -> tuple[float, ...]:
    """Return a table that fits a node's parents: each row is that of the old table at the same states, as far as it knows them."""
    place = old.names.index(node.name) if node.name in old.names else None
    ups = [up for up in node.parent_names if up in now and now[up].kind == "states"]
    numbers = [up for up in node.parent_names if up in now and now[up].kind == "number"]
    rows = product(*(range(len(now[up].state_names)) for up in ups))
    found = [_row(old, place, node, dict(zip(ups, row, strict=True)), numbers) for row in rows]
    return tuple(value for row in found for value in row)


def _row(old: Net, place: int | None, node: Node, states: dict[str, int], numbers: list[str]) -> list[float]:
    """Return one row of a table."""
    before = old.nodes[place] if place is not None else None
    same = before is not None and before.kind == node.kind
    known: list[float] = []
    if same:
        at = 0
        for up, size in zip(old.with_states(place), old.sizes(place), strict=True):
            at = at * size + min(states.get(old.names[up], 0), size - 1)
        known = np.reshape(before.table, old.shape(place))[at].tolist()
    if node.kind == "states":
        return _shares(known, len(node.state_names))
    if node.kind == "number":
        slopes = dict(zip((old.names[up] for up in old.numbers(place)), known[1:-1], strict=True)) if same else {}
        return [known[0] if same else 0.0, *(slopes.get(up, 1.0) for up in numbers), known[-1] if same else 1.0]
    return _cuts(old, node, known)


def _shares(known: list[float], size: int) -> list[float]:
    """Return probabilities for so many states: those known as far as they go, made to add to 1."""
    if len(known) == size:
        return known
    kept = [*known[:size], *[0.0] * (size - len(known))]
    total = math.fsum(kept)
    if total <= 0 or not known:
        kept, total = [1.0] * size, float(size)
    shares = [round(value / total, 6) for value in kept[:-1]]
    return [*shares, round(1 - math.fsum(shares), 6)]


def _cuts(old: Net, node: Node, known: list[float]) -> list[float]:
    """Return places to cut a number at: those known, then further up, a standard deviation apart."""
    size, up = len(node.state_names) - 1, node.parent_names[0] if node.parent_names else ""
    law = solve(old).laws[old.names.index(up)] if up in old.names else None
    mean, sd = (law.mean(), law.sd()) if isinstance(law, Bells) else (0.0, 1.0)
    if not known:
        return [float(f"{mean + sd * (k - (size - 1) / 2):.4g}") for k in range(size)]
    kept = known[:size]
    return [*kept, *(float(f"{kept[-1] + sd * (k + 1):.6g}") for k in range(size - len(kept)))]
