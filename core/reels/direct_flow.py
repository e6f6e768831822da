"""Ancestral sampling as a reel: values flow down the arrows node by node, and each node's bars grow beside its exact law."""

from __future__ import annotations

import numpy as np

from core.montecarlo.ancestral import Flowed, words_of
from core.reels.direct_board import board
from core.reels.direct_boxes import Step, bars, exact, figures, frames_of_boxes, links, marks_of_values
from core.reels.direct_running import Trace, checkpoints, running, told
from core.reels.reel import Axis, Panel, Readout, Reel

Array = np.ndarray
ONE_BY_ONE = 150  # frames in which single nodes are drawn, about
FEWEST, MOST = 4, 14  # draws shown node by node
ON_THE_WAY = (0.12, 0.5, 0.88)  # how far along the arrows the parents' values are, before a node is drawn
WIDE = 0.66


def flow(result: Flowed, ghost: Trace | None = None) -> Reel:
    """Return the model as boxes and arrows: first some draws node by node, then ever more a frame, beside the estimate that is asked for."""
    net, n = result.spec.net, len(result.values)
    each = sum(1 + len(ON_THE_WAY) * bool(ups) for ups in net.parents)
    steps = _steps(result, min(n, int(np.clip(ONE_BY_ONE // each, FEWEST, MOST))))
    marks = checkpoints(steps[-1].draw + 1, n)
    drawn = np.concatenate([[step.draw + (step.arrived and (step.node == net.order[-1] or step.thrown)) for step in steps], marks]).astype(int)
    place = board(net)
    course = result.course()
    layers = (
        *links(place, steps, result),
        *frames_of_boxes(place, steps, result),
        *bars(place, result, drawn),
        *exact(place, result),
        figures(place, result, drawn),
        *marks_of_values(place, steps, result),
    )
    picture = Panel(Axis("", 0, place.width), Axis("", 0, place.height), layers, (0, 0, WIDE, 1), "Values flow down the arrows", bare=True)
    right = running(course, drawn, ghost, (WIDE, 0, 1 - WIDE, 1), result.asked())
    readouts = told(course, drawn)
    if result.spec.known:
        readouts = (*readouts, _worth(result, drawn))
    captions = [_caption(result, step) for step in steps]
    many = f"{{drawn:,d}} draws: {result.asked()} is {{value:.4g}}, give or take {{error:.2g}}; exactly {{truth:.4g}}."
    none = "{drawn:,d} draws, and not one agrees with what is known."
    known = np.isfinite(next(each.values for each in readouts if each.name == "value"))
    captions += [many if known[len(steps) + i] else none for i in range(len(marks))]
    return Reel((picture, right), len(drawn), tuple(captions), readouts, fps=9)


def _steps(result: Flowed, most: int) -> list[Step]:
    """Return the single steps: for each node the parents' values on their way, then the node's own."""
    spec, found = result.spec, []
    for draw in range(most):
        for node in spec.net.order:
            thrown = spec.way == "logic" and node in spec.known and result.values[draw, node] != spec.known[node]
            found += [Step(draw, node, False, share) for share in ON_THE_WAY if spec.net.parents[node]]
            found.append(Step(draw, node, thrown, 1.0))
            if thrown:
                break
    return found


def _worth(result: Flowed, drawn: Array) -> Readout:
    """Return the effective sample size in each frame."""
    w = result.weights
    total, heavy = (np.concatenate([[0.0], np.cumsum(each)])[drawn] for each in (w, w * w))
    return Readout("ess", "effective draws", np.divide(total**2, heavy, out=np.zeros(len(drawn)), where=heavy > 0), ".4g")


def _caption(result: Flowed, step: Step) -> str:
    """Return what happens in a single step, in words; names hold no braces, so they are safe in a template."""
    net, place, row, head = result.spec.net, step.node, result.values[step.draw], f"Draw {step.draw + 1}:"
    node, value = net.nodes[place], words_of(net, place, row[place])
    ups = ", ".join(f"{net.names[up]} = {words_of(net, up, row[up])}" for up in net.parents[place])
    given = f" given {ups}" if ups else ""
    if not step.arrived:
        return f"{head} {ups}: on the way to {node.name}."
    if result.spec.way == "weighting" and place in result.spec.known:
        return f"{head} {node.name} is known to be {value}. It is set, and the draw weighs by how likely that was{given}."
    if step.thrown:
        return f"{head} {node.name} comes out as {value}, but it is known to be {words_of(net, place, result.spec.known[place])}: the draw is thrown away."
    states = {up: np.array([int(row[up])]) for up in net.with_states(place)}
    table = net.table(place)[int(net.row_of(place, states, 1)[0])]
    if node.kind == "states":
        return f"{head} {node.name}{given} is {value} with probability {table[int(row[place])]:.3g}. It is {value}."
    if node.kind == "number":
        centre = table[0] + sum(slope * row[up] for slope, up in zip(table[1:-1], net.numbers(place), strict=True))
        return f"{head} {node.name}{given} is normal around {centre:.4g}, give or take {table[-1]:.3g}. It is {value}."
    return f"{head} {node.name}{given} is {value}."
