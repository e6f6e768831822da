"""Ancestral sampling: values flow down the arrows of a directed model, and every node's law comes out beside the exact one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from core.knobs import listed, plain
from core.montecarlo.direct_course import Course, of_mean, of_share, stops_to
from core.montecarlo.intervals import Found
from core.montecarlo.nets.draw import draw, sources
from core.montecarlo.nets.exact import Truth, solve, worth
from core.montecarlo.nets.examples import SPRINKLER
from core.montecarlo.nets.knob import NetKnob
from core.montecarlo.nets.net import Net
from core.params import param
from core.progress import Progress
from core.spec import Spec

Array = np.ndarray
BLOCK = 1 << 14
ROUNDING = 1e-12  # of itself: weights that are all alike are known but for the last digits
LEAST = -700.0  # log of what a float still holds
WAYS = ("logic", "weighting")
NET = NetKnob(SPRINKLER, "Model", help="Nodes, arrows and tables.")


@dataclass(frozen=True)
class Ancestral(Spec):
    """Each node is drawn given its parents, from the top down. What is known of some nodes is either waited for or set and weighed.

    https://en.wikipedia.org/wiki/Bayesian_network
    """

    title = "Ancestral sampling"
    net: Net = field(default=SPRINKLER, metadata={"param": NET})
    given: str = param("", "What is known", length=200, help="Such as: Wet grass = yes, Rain = no. Empty when nothing is.")
    asked: str = param("", "Asked for", length=40, help="The node whose estimate is followed, or one of its states, such as Rain = yes.")
    way: str = param(
        "logic",
        "Evidence by",
        choices=WAYS,
        labels=("throwing away what disagrees", "likelihood weighting"),
        help="Keep only draws that agree with what is known; or set the known nodes, and weigh each draw by how likely they were.",
    )
    n: int = param(2000, "Draws", low=10, high=100_000, scale="log", bounds=(1, 200_000), help="How many times the whole model is drawn.")

    def agree(self) -> None:
        """Check that what is known and asked for is of this model."""
        known = self.known
        self.target  # noqa: B018 - raises when it names nothing
        numbers = [self.net.names[place] for place in known if self.net.nodes[place].kind == "number"]
        if self.way == "logic" and numbers:
            raise ValueError(f"way must be likelihood weighting where a number is known, got {numbers[0]}: no draw would ever agree with it exactly")
        solve(self.net, self.evidence)

    @property
    def evidence(self) -> tuple[tuple[int, float], ...]:
        """Return what is known, as (place, state's number or value), in rising places."""
        return tuple(sorted(self.known.items()))

    @cached_property
    def known(self) -> dict[int, float]:
        """What is known: place of a node -> its state's number or its value."""
        found: dict[int, float] = {}
        for part in filter(str.strip, self.given.split(",")):
            name, sign, value = (word.strip() for word in part.partition("="))
            place = _place(self.net, "given", name)
            node = self.net.nodes[place]
            if not sign or place in found:
                raise ValueError(f"given must be like {name} = {'0' if node.kind == 'number' else node.state_names[0]}, once a node, got {plain(self.given)}")
            found[place] = _value(node.name, value) if node.kind == "number" else _state(node.name, node.state_names, value)
        return found

    @cached_property
    def target(self) -> tuple[int, int]:
        """The place of the node asked for and the number of its state (-1 for a number); the last node's first state when none is named."""
        if not self.asked:
            place = next((each for each in reversed(self.net.order) if each not in self.known), self.net.order[-1])
            return place, -1 if self.net.nodes[place].kind == "number" else 0
        name, _, state = (word.strip() for word in self.asked.partition("="))
        place = _place(self.net, "asked", name)
        node = self.net.nodes[place]
        return place, -1 if node.kind == "number" else _state(name, node.state_names, state) if state else 0

    def run(self, seed: int) -> Iterator[Progress[Flowed]]:
        """Draw block by block."""
        rngs, fixed = sources(self.net, seed), self.known if self.way == "weighting" else {}
        values, log_weight = np.empty((self.n, len(self.net.nodes))), np.empty(self.n)
        for start in range(0, self.n, BLOCK):
            end = min(start + BLOCK, self.n)
            values[start:end], log_weight[start:end] = draw(rngs, self.net, end - start, fixed)
            if not fixed:
                agrees = np.all([values[start:end, place] == value for place, value in self.known.items()], axis=0)
                log_weight[start:end] = np.where(agrees, 0.0, -math.inf)
            yield Progress(end, self.n, Flowed(self, values[:end], log_weight[:end]))


def _place(net: Net, what: str, name: str) -> int:
    if name not in net.names:
        raise ValueError(f"{what} must name a node, got {plain(name)}: try {listed(net.names)}")
    return net.names.index(name)


def _state(name: str, states: tuple[str, ...], word: str) -> int:
    if word not in states:
        raise ValueError(f"{name} must be one of {', '.join(states)}, got {plain(word) or 'nothing'}: try {states[0]}")
    return states.index(word)


def _value(name: str, word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if not abs(value) <= 1e9:
        raise ValueError(f"{name} must be a number, got {plain(word) or 'nothing'}: try {name} = 0")
    return value


@dataclass(frozen=True)
class Flowed:
    """Draws of the whole model: values (n, nodes), states as their numbers; log weights (n,), -inf where a draw is thrown away."""

    spec: Ancestral
    values: Array
    log_weight: Array

    @cached_property
    def truth(self) -> Truth:
        """The exact laws given what is known."""
        return solve(self.spec.net, self.spec.evidence)

    @cached_property
    def weights(self) -> Array | None:
        """The weights over the largest one; None where every draw counts alike."""
        if not self.spec.known:
            return None
        top = float(self.log_weight.max())
        return np.exp(self.log_weight - top) if math.isfinite(top) else np.zeros(len(self.log_weight))

    def course_of(self, place: int, state: int, stops: Array) -> Course:
        """Return how the share of a state (or, for -1, the mean of a number) settles."""
        law = self.truth.laws[place]
        if state < 0:
            return of_mean(self.values[:, place], stops, law.mean(), self.weights, law.sd())
        return of_share(self.values[:, place] == state, stops, float(law.probabilities[state]), self.weights)

    def course(self) -> Course:
        """Return how the estimate that is asked for settles."""
        return self.course_of(*self.spec.target, stops_to(len(self.values)))

    def trace(self) -> tuple[Array, Array]:
        """Return numbers of draws and the estimates at them."""
        course = self.course()
        return course.stops, course.value

    def found(self) -> Found:
        """Return the estimate that is asked for."""
        return self.course().found()

    def checks(self) -> dict[str, Found]:
        """Return every node's estimates beside the truth: a share a state, a mean a number; and the probability of what is known."""
        last, found = np.array([len(self.values)]), {}
        for place, node in enumerate(self.spec.net.nodes):
            for state in [-1] if node.kind == "number" else range(len(node.state_names)):
                if place not in self.spec.known:
                    name = f"mean of {node.name}" if state < 0 else f"P({node.name} = {node.state_names[state]})"
                    found[name] = self.course_of(place, state, last).found()
        return found | ({f"{self.scale()}probability of what is known": self.kept()} if self.spec.known else {})

    def scale(self) -> str:
        """Return "log " where what is known is less likely than a float can hold, or looks so."""
        top = float(self.log_weight.max())
        return "log " if math.isfinite(top) and min(top, self.truth.log_evidence) < LEAST else ""

    def kept(self) -> Found:
        """Return the share of draws that agree with what is known, or the mean weight, beside the evidence's exact probability (or density).

        On the log scale where `scale` says so; the error then is the relative one. Draws worth less than one in the long run know no error.
        """
        last, top, exact = np.array([len(self.values)]), float(self.log_weight.max()), self.truth.log_evidence
        if self.spec.way == "logic" or not math.isfinite(top):  # no draw with weight: no error of 0 either
            return of_share(np.isfinite(self.log_weight), last, self.truth.evidence).found()
        share = worth(self.spec.net, self.spec.evidence)
        sd = math.exp(min(exact - top, -LEAST)) * math.sqrt(1 / share - 1) if share > 0 else math.inf  # of the weights over the largest
        found = of_mean(self.weights, last, math.nan, sd=sd).found()
        error, low, high = max(found.standard_error, ROUNDING * found.value), found.low, found.high
        if self.long_run() < 1:
            error, low, high = math.inf, 0.0, math.inf
        if self.scale():
            low, high = (top + math.log(end) if end > 0 else -math.inf for end in (low, high))
            return Found(top + math.log(found.value), error / found.value, low, high, exact)
        return Found(*(math.exp(top) * each for each in (found.value, error, low, high)), self.truth.evidence)

    def long_run(self) -> float:
        """Return how many equally weighted draws so many are worth on average, by the exact laws; `ess` misses the heavy ones that never came."""
        way = self.truth.evidence if self.spec.way == "logic" else worth(self.spec.net, self.spec.evidence)
        return len(self.values) * way

    def ess(self) -> float:
        """Return how many equally weighted draws these are worth, (Σ w)² / Σ w²."""
        if self.weights is None:
            return float(len(self.values))
        total = float(self.weights.sum())
        return total**2 / float(self.weights @ self.weights) if total else 0.0

    def numbers(self) -> dict[str, float]:
        """Return the page's numbers."""
        shown = {"draws": float(len(self.values))} | self.found().numbers()
        if self.spec.known:
            kept = self.kept()
            shown |= {
                "effective sample size": self.ess(),
                "effective sample size in the long run": self.long_run(),
                "draws kept" if self.spec.way == "logic" else "draws with weight": float(np.isfinite(self.log_weight).sum()),
            }
            what = f"{self.scale()}probability of what is known"
            shown |= {f"estimated {what}": kept.value, f"exact {what}": kept.truth}
        return shown

    def asked(self) -> str:
        """Return what is estimated, in words."""
        place, state = self.spec.target
        node = self.spec.net.nodes[place]
        told = ", ".join(f"{self.spec.net.names[at]} = {words_of(self.spec.net, at, value)}" for at, value in self.spec.evidence)
        given = f" | {told}" if told else ""
        return f"E({node.name}{given})" if state < 0 else f"P({node.name} = {node.state_names[state]}{given})"

    def rows(self) -> pd.DataFrame:
        """Return the draws as a table, a column a node; with a weight where something is known."""
        columns = {}
        for place, node in enumerate(self.spec.net.nodes):
            values = self.values[:, place]
            columns[node.name] = values if node.kind == "number" else np.array(node.state_names, object)[values.astype(int)]
        return pd.DataFrame(columns | ({} if self.weights is None else {"weight": np.exp(self.log_weight)}))


def words_of(net: Net, place: int, value: float) -> str:
    """Write a value of a node: the name of a state, or a number."""
    node = net.nodes[place]
    return f"{value:.4g}" if node.kind == "number" else node.state_names[int(value)]
