"""Where the boxes of a directed model stand: in rows by their depth, each about below its parents."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from core.montecarlo.nets.net import Net

Array = np.ndarray
Entry = tuple[int, ...]  # a node, or the two ends of an arrow that passes
WIDTH, HEIGHT = 100.0, 100.0
MOST_ROWS = 5  # a deeper model is set in rows of its order, not of its depth
MOST_TRIED = 6  # entries of a row of which every order is tried
PASSING = 0.4  # room of an arrow that passes a row, beside that of a box
LABELS, FIGURES = 0.34, 0.65  # shares of a box where the bars of states begin, and where their figures do


@dataclass(frozen=True)
class Board:
    """Where the boxes stand: centres (nodes, 2), and the size of a box."""

    net: Net
    centres: Array
    size: tuple[float, float]
    width: float = WIDTH
    height: float = HEIGHT

    def slot(self, place: int, row: int) -> tuple[float, float]:
        """Return bottom and top of a line within a box; line 0 is below the title."""
        lines = max(len(self.net.nodes[place].state_names), 2) + 1
        step = self.size[1] / (lines + 0.3)
        top = self.centres[place, 1] + self.size[1] / 2 - step * (row + 1.15)
        return top - step, top

    def inner(self, place: int) -> tuple[float, float]:
        """Return left and right of the bars of a box."""
        left, wide = self.centres[place, 0] - self.size[0] / 2, self.size[0]
        return left + LABELS * wide, left + FIGURES * wide


def board(net: Net) -> Board:
    """Place the nodes in rows by their depth, each about below its parents; an arrow that passes a row gets room there too."""
    depth = [
        min((net.depth[down] for down, ups in enumerate(net.parents) if place in ups), default=1) - 1 if not net.parents[place] else net.depth[place]
        for place in range(len(net.nodes))
    ]  # a node without parents stands right above its first child
    rows: list[list[Entry]] = [[(place,) for place in net.order if depth[place] == row] for row in range(max(depth) + 1)]
    if len(rows) > MOST_ROWS:
        each = math.ceil(len(net.nodes) / (MOST_ROWS - 1))
        rows = [[(place,) for place in net.order[i : i + each]] for i in range(0, len(net.nodes), each)]
    else:
        for down, ups in enumerate(net.parents):
            for up in ups:
                for row in range(depth[up] + 1, depth[down]):
                    rows[row].append((up, down))  # no node, but an arrow on its way
    centres, widest = np.full((len(net.nodes), 2), WIDTH / 2), 1.0
    for i, row in enumerate(rows):
        towards = {entry: float(np.mean([centres[up, 0] for up in (entry[:1] if len(entry) > 1 else net.parents[entry[0]])] or [WIDTH / 2])) for entry in row}
        order, middles = _in_a_row(row, towards)
        widest = max(widest, sum(_room(entry) for entry in row))
        for entry, x in zip(order, middles, strict=True):
            if len(entry) == 1:
                centres[entry[0]] = x, HEIGHT * (1 - (i + 0.5) / len(rows))
    return Board(net, centres, (min(34.0, 0.92 * WIDTH / widest), min(34.0, 0.74 * HEIGHT / len(rows))))


def _room(entry: Entry) -> float:
    return 1.0 if len(entry) == 1 else PASSING


def _in_a_row(row: list[Entry], towards: dict[Entry, float]) -> tuple[list[Entry], Array]:
    """Return the order of a row, and the middles, in which boxes stand near where they are drawn to, and passing arrows most of all."""

    def middles(order: Sequence[Entry]) -> Array:
        rooms = np.array([_room(entry) for entry in order])
        return (np.cumsum(rooms) - rooms / 2) / rooms.sum() * WIDTH

    def strain(order: Sequence[Entry]) -> float:
        return sum(abs(x - towards[entry]) * (1 if len(entry) == 1 else 3) for entry, x in zip(order, middles(order), strict=True))

    row = sorted(row, key=towards.get)
    best = min(permutations(row), key=strain) if len(row) <= MOST_TRIED else row
    return list(best), middles(best)
