"""Run a generator of reports under a bar: Stop, the partial result kept, and a limit on heavy runs in this server."""

from __future__ import annotations

import hashlib
import secrets
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar

import numpy as np
import streamlit as st

from core.progress import Progress

Result = TypeVar("Result")
HEAVY_RUNS = 2  # in this process at once
PROCESS_BYTES = 4 << 30
SHOW_AFTER = 0.3  # seconds: quicker work shows no bar
POLL = 0.2


@dataclass
class Outcome:
    """A result, whether it is whole, and how far it came."""

    result: Any
    done: int
    total: int

    @property
    def whole(self) -> bool:
        """Return True when the work ran to its end."""
        return self.done >= self.total


class Kitchen:
    """What all sessions of this process share: finished results, runs under way, and places for heavy ones."""

    def __init__(self, places: int = HEAVY_RUNS, budget: int = PROCESS_BYTES) -> None:
        self._changed = threading.Condition()
        self._finished: OrderedDict[str, tuple[Outcome, int]] = OrderedDict()
        self._queue: dict[object, str] = {}  # ticket -> key, in order of arrival
        self._running: set[object] = set()
        self._places, self._budget = places, budget

    def finished(self, key: str) -> Outcome | None:
        """Return a finished result, and mark it as used just now."""
        with self._changed:
            if key not in self._finished:
                return None
            self._finished.move_to_end(key)
            return self._finished[key][0]

    def keep(self, key: str, outcome: Outcome) -> None:
        """Keep a finished result; the least used leave when the budget is full."""
        size = weight(outcome.result)
        with self._changed:
            if size <= self._budget:
                self._finished[key] = (outcome, size)
            while sum(each for _, each in self._finished.values()) > self._budget:
                self._finished.popitem(last=False)

    @contextmanager
    def place(self, key: str) -> Iterator[Callable[[], int]]:
        """Hold a place in the queue; the callable gives the number of runs to wait for, 0 when it is one's turn.

        The same key is never run twice at once: its second asker waits, and finds the finished result.
        """
        ticket = object()
        with self._changed:
            self._queue[ticket] = key
        try:
            yield lambda: self._ahead(ticket)
        finally:
            with self._changed:
                del self._queue[ticket]
                self._running.discard(ticket)
                self._changed.notify_all()

    def _ahead(self, ticket: object) -> int:
        with self._changed:
            if ticket in self._running:
                return 0
            cooking = {self._queue[each] for each in self._running}
            if self._queue[ticket] in cooking:
                return 1
            earlier = list(self._queue)[: list(self._queue).index(ticket)]
            waiting = {self._queue[each] for each in earlier if each not in self._running} - cooking
            if len(cooking) < self._places and not waiting:
                self._running.add(ticket)
                return 0
            return max(1, len(cooking) - self._places + 1 + len(waiting))

    def wait(self, seconds: float) -> None:
        """Sleep until something changed, or for so long."""
        with self._changed:
            self._changed.wait(seconds)


KITCHEN = Kitchen()


def weight(thing: Any) -> int:
    """Return roughly how many bytes a result holds."""
    if isinstance(thing, np.ndarray):
        return thing.nbytes
    if is_dataclass(thing):
        return sum(weight(getattr(thing, each.name)) for each in fields(thing))
    if isinstance(thing, list | tuple):
        return sum(map(weight, thing))
    if isinstance(thing, dict):
        return sum(map(weight, thing.values()))
    return sys.getsizeof(thing)


def drive(work: Callable[[], Iterator[Progress[Result]]], key: str, label: str, kitchen: Kitchen = KITCHEN, private: bool = False) -> Outcome:
    """Run the work of a key and return its outcome, from memory when it was run before.

    While it runs, a bar shows how far it is and how long it will take, and Stop ends it: the page then goes on with the
    partial result, and offers to run it to the end. Streamlit ends the script at the next report when a control is
    moved or the tab is closed, which ends the generator too. What came of `private` data is found again by this session only.
    """
    if private:
        key = st.session_state.setdefault("mark", secrets.token_hex(16)) + key
    if outcome := kitchen.finished(key):
        return outcome
    stopped = st.session_state.get("stopped", {}).get(key)
    if stopped is not None:
        _stopped_note(stopped, key)
        return stopped
    place = st.empty()
    try:
        return _run(work, key, label, kitchen, place)
    finally:
        place.empty()


def _run(work: Callable[[], Iterator[Progress]], key: str, label: str, kitchen: Kitchen, place: Any) -> Outcome:
    begun, bar = time.monotonic(), None
    with kitchen.place(key) as ahead:
        while waiting := ahead():
            place.info(f"{label}: waiting for {waiting} run{'s' if waiting > 1 else ''} before this one.", icon=":material/hourglass_empty:")
            kitchen.wait(POLL)
        if outcome := kitchen.finished(key):  # somebody else has just run it
            return outcome
        outcome = None
        for report in work():
            outcome = Outcome(report.result, report.done, report.total)
            spent = time.monotonic() - begun
            if spent > SHOW_AFTER and not outcome.whole:
                bar = bar or _bar(place, key)
                st.session_state["partial"] = (key, outcome)
                left = spent * (report.total - report.done) / max(report.done, 1)
                bar.progress(report.done / report.total, f"{label}: {report.note or f'{report.done:,} of {report.total:,}'}, about {left:.0f} s left")
        if outcome is None:
            raise ValueError("the work ended without a report: it must yield at least one Progress")
        kitchen.keep(key, outcome)
        return outcome


def _short(key: str) -> str:
    """Return a short name of a key: two runs of one page may agree in its first hundred characters."""
    return hashlib.blake2s(key.encode(), digest_size=8).hexdigest()


def _bar(place: Any, key: str) -> Any:
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0)
        st.button("Stop", key=f"stop:{_short(key)}", icon=":material/stop_circle:", on_click=_stop, args=(key,))
    return bar


def _stop(key: str) -> None:
    """Keep what there is; runs before the script, once Streamlit has ended the work."""
    kept_key, outcome = st.session_state.get("partial", (None, None))
    if kept_key == key:
        st.session_state["stopped"] = {key: outcome}


def _stopped_note(outcome: Outcome, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(f"Stopped at {outcome.done:,} of {outcome.total:,}: the numbers below are of these.", icon=":material/stop_circle:")
        st.button("Run to the end", on_click=lambda: st.session_state.pop("stopped", None), key=f"go-on:{_short(key)}")
