"""The relatives of one family alone, for a screen too narrow for the whole map."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from core.distributions.base import Distribution
from core.distributions.relations import relatives
from core.distributions.relations.base import Relation
from core.reels.family_map import GROUPS, said
from core.reels.reel import Axis, Layer, Panel, Reel

LEFT, LETTER = 0.2, 0.0175  # of the width: where the left column stands, and a letter
REACH = 0.06  # of the height, within which a click means a name


def beside(edge: type[Relation], family: type[Distribution]) -> Reel:
    """Return the relatives of one family alone, for a narrow screen: what leads to it on the left, what it leads to on the right."""
    return Reel((Panel(Axis("", 0, 1), Axis("", 0, 1), tuple(_star(edge, family)), bare=True),), 1, (said(edge, family),))


def spots(family: type[Distribution]) -> dict[type[Distribution], tuple[float, float]]:
    """Return where a family and its neighbours stand on the narrow map: those that lead to it on the left, the others on the right."""
    near = [edge for edge in relatives(family) if edge.source is not edge.target]
    into = list(dict.fromkeys(edge.source for edge in near if edge.target is family))
    out = [each for each in dict.fromkeys(edge.target for edge in near if edge.source is family) if each not in into]
    columns = ((LEFT, into), (1 - LEFT, out))
    return {each: (x, 1 - (row + 0.5) / len(column)) for x, column in columns for row, each in enumerate(column)} | {family: (0.5, 0.5)}


def _star(edge: type[Relation], family: type[Distribution]) -> list[Layer]:
    where = spots(family)
    rows = []
    for each in relatives(family):
        other = each.target if each.source is family else each.source
        if family in (each.source, each.target) and other is not family:
            x, y = where[other]
            end = x + math.copysign(LETTER * len(other.title.partition(" (")[0]) / 2 + 0.015, 0.5 - x)
            ends = ((0.5, 0.5), (end, y)) if each.source is family else ((end, y), (0.5, 0.5))
            rows.append((each, *ends))
    layers = []
    for group, (role, dash) in GROUPS.items():
        for width in (1.6, 4.5):
            of = [(start, end) for each, start, end in rows if each.group() == group and (each is edge) == (width > 2)]
            if of:
                line = pd.DataFrame([(*point, i) for i, ends in enumerate(of) for point in ends], columns=["x", "y", "part"])
                layers.append(Layer("path", line, "always", role, group, style={"width": width, "dash": dash}))
                layers.append(Layer("arrows", _tips(of), "always", role, group, style={"width": 2 + 0.5 * width}))
    names = pd.DataFrame([(*spot, each.title.partition(" (")[0]) for each, spot in where.items() if each is not family], columns=["x", "y", "text"])
    own = pd.DataFrame({"x": [0.5], "y": [0.5], "text": [family.title]})
    return [*layers, Layer("text", names, "always", "ink", style={"size": 12}), Layer("text", own, "always", "model", style={"size": 16})]


def _tips(of: list[tuple[tuple[float, float], tuple[float, float]]]) -> pd.DataFrame:
    """Return an arrow's head on each straight line, four fifths of the way along."""
    starts, ends = np.array(of).transpose(1, 0, 2)
    places, ways = starts + 0.66 * (ends - starts), 0.14 * (ends - starts)
    return pd.DataFrame({"x": places[:, 0], "y": places[:, 1], "dx": ways[:, 0], "dy": ways[:, 1]})


def hit(x: float, y: float, family: type[Distribution]) -> type[Distribution] | None:
    """Return the family that a click on the narrow map means, or None."""
    where = spots(family)
    near = {each: abs(y - spot[1]) for each, spot in where.items() if abs(x - spot[0]) < 0.2}
    return min(near, key=near.__getitem__) if near and min(near.values()) < REACH else None
