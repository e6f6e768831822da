"""Lines of equal height on a grid: marching squares, with the pieces joined to long lines."""

from __future__ import annotations

import numpy as np

Array = np.ndarray


def contours(x: Array, y: Array, heights: Array, level: float) -> list[Array]:
    """Return the lines on which heights (len(x), len(y)) cross a level: each (k, 2), a closed one ends where it begins.

    Crossings are interpolated along the grid's edges. Where a cell has four of them, its mean says which belong together.
    https://en.wikipedia.org/wiki/Marching_squares
    """
    above = heights > level
    places = _crossings(x, y, heights, above, level)
    pairs = _pairs(heights, above, level)
    return [np.array([places[name] for name in line]) for line in _joined(pairs)]


def _crossings(x: Array, y: Array, heights: Array, above: Array, level: float) -> dict[int, tuple[float, float]]:
    """Return where each crossed edge is crossed. Edges along x have the number i len(y) + j, those along y come after them."""
    found = {}
    for along, (step_i, step_j) in enumerate(((1, 0), (0, 1))):
        ends = above[step_i:, step_j:]
        i, j = np.nonzero(above[: ends.shape[0], : ends.shape[1]] != ends)
        low, high = heights[i, j], heights[i + step_i, j + step_j]
        share = (level - low) / (high - low)
        at_x, at_y = x[i] + share * (x[i + step_i] - x[i]), y[j] + share * (y[j + step_j] - y[j])
        found.update(zip((along * heights.size + i * len(y) + j).tolist(), zip(at_x.tolist(), at_y.tolist(), strict=True), strict=True))
    return found


def _pairs(heights: Array, above: Array, level: float) -> list[tuple[int, int]]:
    """Return which crossed edges a line joins, cell by cell."""
    across, up = above[:-1] != above[1:], above[:, :-1] != above[:, 1:]
    sides = np.stack([across[:, :-1], up[1:], across[:, 1:], up[:-1]])  # bottom, right, top, left of each cell
    i, j = np.nonzero(sides.any(axis=0))
    wide, size = heights.shape[1], heights.size
    names = np.stack([i * wide + j, size + (i + 1) * wide + j, i * wide + j + 1, size + i * wide + j], axis=-1)  # (cells, 4)
    crossed = sides[:, i, j].T
    saddle = crossed.all(axis=1)
    pairs = [tuple(pair) for pair in names[~saddle][crossed[~saddle]].reshape(-1, 2).tolist()]
    for cell, corner, (bottom, right, top, left) in zip(
        zip(i[saddle], j[saddle], strict=True), above[i[saddle], j[saddle]], names[saddle].tolist(), strict=True
    ):
        middle = heights[cell[0] : cell[0] + 2, cell[1] : cell[1] + 2].mean() > level
        pairs += [(bottom, right), (top, left)] if middle == corner else [(bottom, left), (top, right)]
    return pairs


def _joined(pairs: list[tuple[int, int]]) -> list[list[int]]:
    """Join pairs that share an edge to lines: open ones from end to end, then the closed ones."""
    links: dict[int, list[int]] = {}
    for one, other in pairs:
        links.setdefault(one, []).append(other)
        links.setdefault(other, []).append(one)
    ends = [name for name, others in links.items() if len(others) == 1]
    lines = []
    for start in (*ends, *links.copy()):
        if start not in links:
            continue
        line, ahead = [start], links.pop(start)
        while (here := next((name for name in ahead if name in links), None)) is not None:
            line.append(here)
            ahead = links.pop(here)
        lines.append([*line, start] if len(line) > 2 and start in ahead else line)
    return lines
