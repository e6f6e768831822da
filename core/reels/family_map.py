"""The map of relatives: every family a node, every relation an arrow; the chosen family and its relatives stand out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from core.distributions.base import Distribution
from core.distributions.relations import NODES, RELATIONS, relatives
from core.distributions.relations.base import Relation
from core.reels.reel import Axis, Layer, Panel, Reel

# Rows from the top; every second one stands half a place to the right. A dot is an empty place.
GRID = """
Categorical BetaBinomial Binomial . Hypergeometric ZeroInflatedPoisson Logarithmic
DiscreteUniform Bernoulli Skellam Poisson NegativeBinomial Geometric Zipf
HyperbolicSecant ExGaussian GaussianMixture GeneralizedNormal JohnsonSU Laplace AsymmetricLaplace
StudentT Cauchy Normal SkewNormal Moyal GeneralizedExtremeValue Logistic
LogitNormal WrappedCauchy HalfCauchy LogNormal HalfNormal Maxwell Frechet
VonMises Uniform BirnbaumSaunders ChiSquared Chi Pareto LogLogistic
Triangular TruncatedNormal FRatio Rice Rayleigh Exponential Weibull
Arcsine Beta Levy Gamma GeneralizedPareto Lomax BurrXII
. Kumaraswamy InverseGaussian InverseGamma Nakagami Gompertz GeneralizedGamma
"""
REGIONS = (  # name, left, right, top row, last row
    ("whole numbers", -0.5, 7.0, 0, 1),
    ("whole line", -0.5, 7.0, 2, 3),
    ("bounded", -0.5, 1.75, 4, 8),
    ("positive", 1.75, 7.0, 4, 8),
)
ROW, COLUMN = 56.0, 100.0  # px of a place, about: distances on the map are judged in these
TIGHT = 70.0  # px of a place across on a small screen, where words need the most room
GAP, STEP = 14.0, 13.0  # px from a dot to its name, and from line to line
NODE, BESIDE = 12.0, 12.0  # px within which a click means a dot, an arrow
BENDS = (0, 1, -1, 2, -2, 3, -3)
BEND, LEAST_BEND = 0.14, 30.0  # of its length, or px, by which a line bends more than the next one
POINTS = 21  # of an arrow
BROKEN = {"Hypergeometric": ("Hyper-", "geometric")}  # names of one word that are too long
LONG = 11  # characters from which a name is set in two lines
GROUPS = {  # role and dashes: colour is never the only sign
    "construction": ("model", False),
    "limit": ("truth", True),
    "special case": ("ghost", True),
}


@dataclass(frozen=True)
class Route:
    """An arrow on the map: its relation, and the points (POINTS, 2) of its line in places."""

    edge: type[Relation]
    line: np.ndarray


def places() -> dict[type[Distribution], tuple[float, float]]:
    """Return where each family stands: places across, rows up. A family that the grid does not know stands in a row below it."""
    known = {}
    for row, line in enumerate(GRID.split("\n")[1:-1]):
        known |= {name: (column + 0.5 * (row % 2), float(-row)) for column, name in enumerate(line.split()) if name != "."}
    new = [family.__name__ for family in NODES if family.__name__ not in known]
    known |= {name: (place % 7 + 0.5, -9.0 - place // 7) for place, name in enumerate(new)}
    return {family: known[family.__name__] for family in NODES}


def lines(name: str) -> list[str]:
    """Return a family's name in one line or two."""
    name = name.partition(" (")[0]
    if name in BROKEN:
        return list(BROKEN[name])
    cuts = [i + (each != " ") for i, each in enumerate(name) if each in " -–" and i + 1 < len(name)]
    if len(name) <= LONG or not cuts:
        return [name]
    cut = min(cuts, key=lambda i: abs(i - len(name) / 2))
    return [name[:cut].strip(), name[cut:].strip()]


@lru_cache(maxsize=1)
def routes() -> tuple[Route, ...]:
    """Return every arrow's line, bent so that it keeps clear of other families and of arrows between the same two."""
    where = {family: np.array([x * COLUMN, y * ROW]) for family, (x, y) in places().items()}
    dots = np.array(list(where.values()))
    found, used = [], {}
    for edge in RELATIONS:
        if edge.source is edge.target:
            count = used[edge.source] = used.get(edge.source, 0) + 1
            line = _loop(where[edge.source], count)
        else:
            pair = frozenset((edge.source, edge.target))
            others = dots[[family not in pair for family in where]]
            first = min(pair, key=lambda family: family.__name__)  # bends of both directions count from the same end
            sign = 1 if edge.source is first else -1
            options = {bend: _curve(where[edge.source], where[edge.target], sign * bend) for bend in BENDS if bend not in used.get(pair, ())}
            bend = min(options, key=lambda each: _crowd(options[each], others) + 0.6 * abs(each))
            used[pair] = (*used.get(pair, ()), bend)
            line = options[bend]
        found.append(Route(edge, line / (COLUMN, ROW)))
    return tuple(found)


def _curve(start: np.ndarray, end: np.ndarray, bend: int) -> np.ndarray:
    """Return a bent line from just outside one dot to just outside another, in px."""
    along = end - start
    length = float(np.hypot(*along))
    middle = (start + end) / 2 + bend * max(BEND, LEAST_BEND / length) * np.array([-along[1], along[0]])
    t = np.linspace(10 / length, 1 - 12 / length, POINTS)[:, None]
    return (1 - t) ** 2 * start + 2 * t * (1 - t) * middle + t**2 * end


def _loop(centre: np.ndarray, count: int) -> np.ndarray:
    """Return a loop above a dot, larger for a second one, in px."""
    radius = 7.0 + 5.0 * count
    angle = np.linspace(-0.35 * math.pi, 1.35 * math.pi, POINTS)
    return centre + np.array([0.0, radius + 4]) + radius * np.column_stack([np.cos(angle), np.sin(angle)])


def _crowd(line: np.ndarray, others: np.ndarray) -> float:
    """Return how much of a line runs over other families' dots and names."""
    gap = line[:, None] - others  # (points, families, 2)
    over_dot = np.hypot(gap[..., 0], gap[..., 1]) < 15
    over_name = (np.abs(gap[..., 0]) < 36) & (gap[..., 1] < 0) & (gap[..., 1] > -2.6 * GAP)
    return 3.0 * over_dot.any(axis=1).sum() + over_name.any(axis=1).sum()


def chosen(edge: type[Relation], family: type[Distribution] | None) -> type[Distribution]:
    """Return the family that stands out: the asked one if the edge touches it, else the edge's source."""
    return family if family in edge.families() else edge.source


# What is drawn


def whole(edge: type[Relation], family: type[Distribution], size: float | None = 12.0) -> Reel:
    """Return the whole map, one still frame; `size` of the names in px, the stage's own when left out."""
    near = relatives(family)
    kin = {each for relation in near for each in relation.families()} - {family}
    layers = [*_regions(size), *_arrows([route for route in routes() if route.edge not in near], 0.16, 1.2)]
    layers += _arrows([route for route in routes() if route.edge in near and route.edge is not edge], 0.95, 2.2)
    layers += _arrows([route for route in routes() if route.edge is edge], 1.0, 3.0 if edge.source is edge.target else 5.0)
    rest = [each for each in NODES if each is not family and each not in kin]
    layers += [*_nodes(rest, "ink", 6, 0.45, size, 0.66), *_nodes(list(kin), "ink", 9, 1.0, size), *_nodes([family], "model", 0, 1.0, size)]
    layers += _signs(edge, near, size)
    low = min(y for _, y in places().values())
    panel = Panel(Axis("", -0.55, 7.05), Axis("", low - 0.68, 0.62), tuple(layers), bare=True)
    return Reel((panel,), 1, (said(edge, family),))


def said(edge: type[Relation], family: type[Distribution]) -> str:
    """Say what the map shows."""
    count = len(relatives(family))
    return f"{len(NODES)} families, {len(RELATIONS)} relations. {family.title} is part of {count}; the thick arrow is {edge.title}."


def _regions(size: float | None) -> list[Layer]:
    found = []
    for name, left, right, top, last in REGIONS:
        low = min(y for _, y in places().values()) if last == 8 else -last
        box = pd.DataFrame({"x": [left + 0.03, right - 0.03], "y": [-top + 0.34, -top + 0.34], "base": [low - 0.64, low - 0.64]})
        found.append(Layer("area", box, "always", "context", style={"opacity": 0.07}))
        found.append(Layer("text", pd.DataFrame({"x": [left + 0.1], "y": [-top + 0.2], "text": [name]}), "always", "context", style=_sized(size)))
    return found


def _arrows(chosen: list[Route], opacity: float, width: float) -> list[Layer]:
    """Return lines and heads, by group: solid, dashed, dotted."""
    found = []
    for group, (role, dash) in GROUPS.items():
        of = [route.line for route in chosen if route.edge.group() == group]
        if not of:
            continue
        points = np.concatenate(of)
        rows = pd.DataFrame({"x": points[:, 0], "y": points[:, 1], "part": np.repeat(np.arange(len(of)), POINTS)})
        found.append(Layer("path", rows, "always", role, group, style={"width": width, "opacity": opacity, "dash": dash}))
        found.append(Layer("arrows", _heads(of, width), "always", role, group, style={"width": 1.4 + 0.6 * width, "opacity": min(1.0, 2 * opacity)}))
    return found


def _heads(of: list[np.ndarray], width: float) -> pd.DataFrame:
    """Return a short arrow at the end of each line."""
    ends, ways = np.array([line[-1] for line in of]) * (COLUMN, ROW), np.array([line[-1] - line[-3] for line in of]) * (COLUMN, ROW)
    ways = ways / np.hypot(*ways.T)[:, None] * (12 + 2.5 * width)
    starts, ways = (ends - ways) / (COLUMN, ROW), ways / (COLUMN, ROW)
    return pd.DataFrame({"x": starts[:, 0], "y": starts[:, 1], "dx": ways[:, 0], "dy": ways[:, 1]})


def _nodes(families: list[type[Distribution]], role: str, dot: float, opacity: float, size: float | None, names: float = 1.0) -> list[Layer]:
    """Return the dots and names of some families."""
    if not families:
        return []
    where = places()
    at = np.array([where[family] for family in families])
    dots = Layer("points", pd.DataFrame({"x": at[:, 0], "y": at[:, 1]}), "always", role, style={"size": dot or 15, "opacity": opacity})
    words = [(x, y - (GAP + STEP * row) / ROW, word) for family, (x, y) in zip(families, at) for row, word in enumerate(lines(family.title))]
    style = _sized(size and (size if dot else size + 2)) | {"opacity": names}
    return [dots, Layer("text", pd.DataFrame(words, columns=["x", "y", "text"]), "always", "ink", style=style)]


def _signs(edge: type[Relation], near: tuple[type[Relation], ...], size: float | None) -> list[Layer]:
    """Return what arrows say: the chosen one, and those of its family that have room for a word."""
    boxes = [(x * TIGHT, y * ROW - (GAP + 0.5 * STEP * (count - 1)), 7.2 * wide, 8.0 + STEP * count) for x, y, wide, count in _names()]
    found = []
    for route in sorted((route for route in routes() if route.edge in near), key=lambda route: route.edge is not edge):
        wide = 7.0 * len(route.edge.sign) + 8
        spots = [route.line[place] * (TIGHT, ROW) for place in (10, 13, 7, 15, 5)]
        free = [(x, y) for x, y in spots if all(abs(x - bx) > (wide + bw) / 2 or abs(y - by) > (STEP + bh) / 2 for bx, by, bw, bh in boxes)]
        if free or route.edge is edge:
            x, y = free[0] if free else spots[0]
            found.append((x / TIGHT, y / ROW, route.edge.sign))
            boxes.append((x, y, wide, STEP))
    return [Layer("text", pd.DataFrame(found, columns=["x", "y", "text"]), "always", "ink", style=_sized(size))]


def _sized(size: float | None) -> dict[str, float | bool]:
    return {"size": size} if size else {}


def _names() -> list[tuple[float, float, int, int]]:
    """Return where each name stands, its letters in a line and its lines."""
    return [(x, y, max(map(len, lines(family.title))), len(lines(family.title))) for family, (x, y) in places().items()]


# What a click means


def hit(x: float, y: float, family: type[Distribution]) -> type[Distribution] | type[Relation] | None:
    """Return the family or the relation that a click on the whole map means, or None: a dot, else a name, else the nearest arrow.

    Arrows of the chosen family count as nearer.
    """
    if not (math.isfinite(x) and math.isfinite(y)):
        return None
    place = np.array([x * COLUMN, y * ROW])
    gaps = place - np.array(list(places().values())) * (COLUMN, ROW)
    nearest = int(np.argmin(np.hypot(*gaps.T)))
    if np.hypot(*gaps[nearest]) < NODE:
        return NODES[nearest]
    for each, (across, up) in zip(NODES, gaps, strict=True):
        words = lines(each.title)
        if abs(across) < max(NODE, 3.2 * max(map(len, words))) and -(GAP + STEP * (len(words) - 0.4)) < up < 0:
            return each
    away = np.hypot(*np.moveaxis(np.array([route.line for route in routes()]) * (COLUMN, ROW) - place, -1, 0)).min(axis=1)
    away *= [0.5 if family in route.edge.families() else 1.0 for route in routes()]
    return routes()[int(np.argmin(away))].edge if away.min() < BESIDE else None
