"""A directed model as a picture: its boxes and arrows, their bars and their values."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.montecarlo.ancestral import Flowed, words_of
from core.montecarlo.nets.exact import Bells
from core.reels.direct_board import FIGURES, Board
from core.reels.direct_running import growing_bars
from core.reels.reel import Layer

Array = np.ndarray
BINS, CURVE = 18, 61
SPAN = 3.4  # standard deviations of a number that its box shows


@dataclass(frozen=True)
class Step:
    """A frame in which a node is drawn: which draw, which node, whether the draw is thrown away there, how far the parents' values have come."""

    draw: int
    node: int
    thrown: bool
    share: float

    @property
    def arrived(self) -> bool:
        """Return whether the parents' values have arrived, so that the node has its own."""
        return self.share >= 1


Steps = list[Step]


def links(place: Board, steps: Steps, result: Flowed) -> tuple[Layer, ...]:
    """Return all arrows, those lit into the node that is drawn in a frame, and the parents' values on their way down them."""
    net, columns = place.net, ["x", "y", "dx", "dy"]
    lines = {(up, down): _arrow(place, up, down) for down, ups in enumerate(net.parents) for up in ups}
    lit, words = [], []
    for frame, step in enumerate(steps):
        for up in net.parents[step.node]:
            x, y, dx, dy = lines[up, step.node]
            lit.append((frame, x, y, dx, dy))
            if not step.arrived:
                words.append((frame, x + step.share * dx, y + step.share * dy, words_of(net, up, result.values[step.draw, up])))
    still = pd.DataFrame(np.array([*lines.values()], float).reshape(-1, 4), columns=columns)
    now = pd.DataFrame(np.array(lit, float).reshape(-1, 5), columns=["frame", *columns]).astype({"frame": int})
    moving = pd.DataFrame(words, columns=["frame", "x", "y", "text"])
    return (
        Layer("arrows", still, "always", "context", style={"width": 2.4}),
        Layer("arrows", now, "frame", "model", style={"width": 5}),
        *((Layer("text", moving, "frame", "ink"),) if words else ()),
    )


def _arrow(place: Board, up: int, down: int) -> tuple[float, float, float, float]:
    """Return an arrow from the edge of one box to the edge of the next."""
    a, b = place.centres[up], place.centres[down]
    start, end = a + _edge(place.size, b - a), b + _edge(place.size, a - b)
    return (*start, *(end - start))


def _edge(size: tuple[float, float], way: Array) -> Array:
    """Return where a ray from the middle of a box leaves it."""
    across, up = np.abs(way) / (np.array(size) / 2)
    return way / max(across, up, 1e-9) * 1.03


def _outline(place: Board, node: int) -> list[tuple[float, float]]:
    (x, y), (w, h) = place.centres[node], np.array(place.size) / 2
    return [(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h), (x - w, y - h), (math.nan, math.nan)]


def frames_of_boxes(place: Board, steps: Steps, result: Flowed) -> tuple[Layer, ...]:
    """Return the boxes with their titles; the one that is drawn stands out, and so does one whose draw is thrown away."""
    net, known = place.net, result.spec.known
    every = pd.DataFrame([point for node in range(len(net.nodes)) for point in _outline(place, node)], columns=["x", "y"])
    layers = [Layer("path", every, "always", "context", style={"width": 1.6})]
    if known:
        rows = pd.DataFrame([point for node in known for point in _outline(place, node)], columns=["x", "y"])
        layers.append(Layer("path", rows, "always", "ink", "known", style={"width": 2.2, "dash": True}))
    for thrown, role, label in ((False, "model", "drawn now"), (True, "failure", "thrown away")):
        rows = [(frame, *point) for frame, step in enumerate(steps) if step.thrown == thrown for point in _outline(place, step.node)]
        if rows:
            layers.append(Layer("path", pd.DataFrame(rows, columns=["frame", "x", "y"]), "frame", role, label, style={"width": 3.6}))
    titles = [(place.centres[node, 0], sum(place.slot(node, -1)) / 2 - 0.05 * place.size[1], name) for node, name in enumerate(net.names)]
    layers.append(Layer("text", pd.DataFrame(titles, columns=["x", "y", "text"]), "always", "ink"))
    words = []
    for node, each in enumerate(net.nodes):
        left = place.centres[node, 0] - place.size[0] / 2
        words += [(left + 0.2 * place.size[0], sum(place.slot(node, row)) / 2, state) for row, state in enumerate(each.state_names)]
    layers.append(Layer("text", pd.DataFrame(words, columns=["x", "y", "text"]), "always", "ink", style={"opacity": 0.85}))
    return tuple(layers)


def bars(place: Board, result: Flowed, drawn: Array) -> tuple[Layer, ...]:
    """Return the bars of every node as they grow: a bar a state, or a small histogram of a number."""
    rows: list[pd.DataFrame] = []
    for node, each in enumerate(place.net.nodes):
        if each.kind == "number":
            rows += [_histogram(place, result, node, drawn)] if node not in result.spec.known else []
            continue
        shares = _shares(result, node, drawn)  # (frames, states)
        left, right = place.inner(node)
        for state in range(shares.shape[1]):
            low, high = place.slot(node, state)
            room, length = 0.14 * (high - low), (right - left) * shares[:, state]
            rows.append(
                pd.DataFrame({"frame": np.arange(len(drawn)), "x": left + length / 2, "y": high - room, "base": low + room, "width": np.maximum(length, 1e-6)})
            )
    return (Layer("bars", pd.concat(rows, ignore_index=True), "frame", "model", "draws so far", style={"opacity": 0.5}),) if rows else ()


def figures(place: Board, result: Flowed, drawn: Array) -> Layer:
    """Return the shares of states in percent, written beside their bars."""
    rows = []
    for node, each in enumerate(place.net.nodes):
        x = place.centres[node, 0] + ((FIGURES + 1) / 2 - 0.5) * place.size[0]
        shares = _shares(result, node, drawn) if each.kind != "number" else np.empty((len(drawn), 0))
        for state in range(shares.shape[1]):
            words = [f"{share:.0%}" if seen else "" for share, seen in zip(shares[:, state], shares.sum(axis=1) > 0, strict=True)]
            rows.append(pd.DataFrame({"frame": np.arange(len(drawn)), "x": x, "y": sum(place.slot(node, state)) / 2, "text": words}))
    empty = pd.DataFrame({"frame": np.empty(0, int), "x": [], "y": [], "text": np.empty(0, object)})
    return Layer("text", pd.concat(rows, ignore_index=True) if rows else empty, "frame", "model")


def _shares(result: Flowed, node: int, drawn: Array) -> Array:
    w = np.ones(len(result.values)) if result.weights is None else result.weights
    size = len(result.spec.net.nodes[node].state_names)
    sums = np.stack([np.concatenate([[0.0], np.cumsum(w * (result.values[:, node] == state))])[drawn] for state in range(size)], axis=1)
    return sums / np.maximum(sums.sum(axis=1, keepdims=True), 1e-300)


def _span(law: Bells) -> tuple[float, float]:
    mean, sd = law.mean(), max(law.sd(), 1e-6)
    return mean - SPAN * sd, mean + SPAN * sd


def _height(law: Bells) -> float:
    return 1.15 * float(law.density(np.linspace(*_span(law), CURVE)).max())


def _field(place: Board, node: int) -> tuple[float, float, float, float]:
    """Return left, right, bottom and top of the small histogram of a number."""
    x, half = place.centres[node, 0], 0.46 * place.size[0]
    return x - half, x + half, place.slot(node, 1)[0], place.slot(node, 0)[1]


def _histogram(place: Board, result: Flowed, node: int, drawn: Array) -> pd.DataFrame:
    law = result.truth.laws[node]
    (low, high), (left, right, bottom, top) = _span(law), _field(place, node)
    edges = np.linspace(low, high, BINS + 1)
    density = growing_bars(result.values[:, node], edges, drawn, result.weights)
    middles = left + (edges[:-1] + edges[1:] - 2 * low) / 2 / (high - low) * (right - left)
    heights = bottom + (top - bottom) * np.minimum(density / _height(law), 1.0)
    rows = pd.DataFrame({"frame": np.repeat(np.arange(len(drawn)), BINS), "x": np.tile(middles, len(drawn)), "y": heights.ravel()})
    return rows[density.ravel() > 0].assign(base=bottom, width=(right - left) / BINS)


def exact(place: Board, result: Flowed) -> tuple[Layer, ...]:
    """Return the exact laws: an outlined bar a state, the density of a number."""
    outlines, curves = [], []
    for node, law in enumerate(result.truth.laws):
        if isinstance(law, Bells):
            if node in result.spec.known:
                continue
            (low, high), (left, right, bottom, top) = _span(law), _field(place, node)
            x = np.linspace(low, high, CURVE)
            y = bottom + (top - bottom) * law.density(x) / _height(law)
            curves.append(pd.DataFrame({"x": np.append(left + (x - low) / (high - low) * (right - left), np.nan), "y": np.append(y, np.nan)}))
            continue
        left, right = place.inner(node)
        for state, share in enumerate(law.probabilities):
            low, high = place.slot(node, state)
            room, length = 0.14 * (high - low), (right - left) * float(share)
            outlines.append((left + length / 2, high - room, low + room, max(length, 1e-6)))
    found = []
    if outlines:
        found.append(Layer("bars", pd.DataFrame(outlines, columns=["x", "y", "base", "width"]), "always", "truth", "exact", style={"width": 1.8}))
    if curves:
        found.append(Layer("path", pd.concat(curves, ignore_index=True), "always", "truth", "exact", style={"width": 2}))
    return tuple(found)


def marks_of_values(place: Board, steps: Steps, result: Flowed) -> tuple[Layer, ...]:
    """Return what has been drawn so far in the draw of each frame: a disc beside the state, or the number written in."""
    net, discs, numbers, words, held = place.net, [], [], [], []
    for frame, step in enumerate(steps):
        held = [*(held if frame and steps[frame - 1].draw == step.draw else []), *([step.node] if step.arrived else [])]
        for node in held:
            value = result.values[step.draw, node]
            if net.nodes[node].kind == "number":
                numbers.append((frame, *_at_number(place, result, node, value), words_of(net, node, value)))
            else:
                left = place.centres[node, 0] - place.size[0] / 2
                y = sum(place.slot(node, int(value))) / 2
                discs.append((frame, left, y))
                words.append((frame, left + 0.2 * place.size[0], y, net.nodes[node].state_names[int(value)]))
    found = []
    if numbers:
        rows = pd.DataFrame(numbers, columns=["frame", "x", "y", "text"])
        found += [Layer("points", rows.drop(columns="text"), "frame", "ink", style={"size": 9}), Layer("text", rows.assign(y=rows["y"] + 3.4), "frame", "ink")]
    if words:
        found.append(Layer("text", pd.DataFrame(words, columns=["frame", "x", "y", "text"]), "frame", "ink"))
    rows = pd.DataFrame(discs, columns=["frame", "x", "y"])
    return (*found, Layer("points", rows, "frame", "ink", "value now", style={"size": 10}))


def _at_number(place: Board, result: Flowed, node: int, value: float) -> tuple[float, float]:
    (low, high), (left, right, bottom, _) = _span(result.truth.laws[node]), _field(place, node)
    share = 0.5 if node in result.spec.known else float(np.clip((value - low) / (high - low), 0.02, 0.98))
    return left + share * (right - left), bottom
