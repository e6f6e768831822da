"""Draw from a directed model: values flow down the arrows, each node given its parents."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from core.montecarlo.nets.net import Net
from core.rng import stream

Array = np.ndarray


def sources(net: Net, seed: int) -> list[np.random.Generator]:
    """Return a generator for each node: another node more leaves the values of the others as they were."""
    return [stream(seed, f"node {name}") for name in net.names]


def draw(rngs: list[np.random.Generator], net: Net, n: int, fixed: Mapping[int, float] | None = None) -> tuple[Array, Array]:
    """Draw n times from the top down; `fixed` nodes are not drawn but set, and weigh each draw by their probability.

    Args:
        rngs: a generator for each node, from `sources`.
        net: the model.
        n: how many draws.
        fixed: place of a node -> its state's number or its value.

    Returns:
        values (n, nodes), states as their numbers; and log weights (n,), 0 where nothing is fixed.
    """
    values, log_weight, fixed = np.empty((n, len(net.nodes))), np.zeros(n), fixed or {}
    states: dict[int, Array] = {}
    for place in net.order:
        node, table = net.nodes[place], net.table(place)
        row = net.row_of(place, states, n)
        if node.kind == "states":
            drawn, log_chance = _states(rngs[place], table[row], fixed.get(place))
            states[place] = drawn
        elif node.kind == "number":
            ups = list(net.numbers(place))
            centre = table[row, 0] + (table[row, 1:-1] * values[:, ups]).sum(axis=1)
            drawn, log_chance = _numbers(rngs[place], centre, table[row, -1], fixed.get(place))
        else:
            drawn = np.searchsorted(table[0], values[:, net.parents[place][0]], side="right")
            log_chance = np.where(drawn == fixed[place], 0.0, -math.inf) if place in fixed else 0.0
        values[:, place] = fixed.get(place, drawn)
        log_weight += log_chance
    return values, log_weight


def _states(rng: np.random.Generator, chances: Array, fixed: float | None) -> tuple[Array, Array | float]:
    """Draw a state from each row of chances (n, states), or set it and return its log chance."""
    if fixed is not None:
        with np.errstate(divide="ignore"):
            return np.full(len(chances), int(fixed)), np.log(chances[:, int(fixed)])
    edges = np.cumsum(chances, axis=1)
    last = chances.shape[1] - 1 - np.argmax(chances[:, ::-1] > 0, axis=1)  # rounding must not lead past the last possible state
    return np.minimum((rng.random(len(chances))[:, None] >= edges).sum(axis=1), last), 0.0


def _numbers(rng: np.random.Generator, centre: Array, sd: Array, fixed: float | None) -> tuple[Array, Array | float]:
    """Draw a number around each centre, or set it and return its log density."""
    if fixed is None:
        return centre + sd * rng.standard_normal(len(centre)), 0.0
    z = (fixed - centre) / sd
    return np.full(len(centre), fixed), -0.5 * z**2 - np.log(sd) - 0.5 * math.log(2 * math.pi)
