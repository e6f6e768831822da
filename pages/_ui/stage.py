"""Mounts a reel in the player, and returns what the hand did."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from core.reels.reel import Reel
from core.reels.wire import pack

ROOT = Path(__file__).resolve().parents[2]
Hand = dict[str, Any]
REST = 0.04  # s: two frames of the browser
MOST_STROKE = 200  # places of a stroke
FIRST_REST = 1.2  # s: after this the stills follow, whether or not the player has been heard of


def wire(reel: Reel) -> dict[str, Any]:
    """Turn a reel into what the player's component takes: keep it, so that the same message is sent only once."""
    head, tables = pack(reel)
    return {"head": json.dumps(head, separators=(",", ":")), **tables}


def kept(name: str, key: str, reel: Callable[[], Reel]) -> dict[str, Any]:
    """Return a reel as the player takes it, made anew only when the key changes; this session alone keeps it, one a name."""
    shelf = st.session_state.setdefault("wires", {})
    if shelf.get(name, ("",))[0] != key:
        shelf[name] = (key, wire(reel()))
    return shelf[name][1]


def stage(
    packed: dict[str, Any],
    name: str,
    *,
    cursor: float | None = None,
    query: dict[str, Any] | None = None,
    height: int | None = None,
    present: bool = False,
    clicks: bool = False,
    paints: bool = False,
    announce: bool = False,
    on_hand: Callable[[Hand], None] | None = None,
) -> None:
    """Show a reel.

    Args:
        packed: the reel, from `wire`.
        name: which stage of the page this is; its canvas, its frame and its play state stay while the name stays.
        cursor: for a sweep, the value to show. It travels beside the reel, so that the reel itself is not sent again.
        query: for a sweep, the URL's name of the parameter, and whether it is written as a float: {"key": ..., "float": ...}.
        height: of the pictures, in px; by itself when left out.
        present: the projector's type sizes.
        clicks: return clicks on the panels too.
        paints: let the hand draw on the first panel; a stroke comes back as {"kind": "paint", "panel": 0, "xs": [...], "ys": [...]}.
        announce: start the script again once the player stands, which `breathe` waits for.
        on_hand: called with what the hand did, before the script runs: it may set the state of widgets.
    """
    stage_of, cursor_of = _components(get_bidi_component_manager())
    key = f"stage-{name}"

    def moved() -> None:
        hand = dict(st.session_state.get(key) or {}).get("hand")
        if on_hand and isinstance(hand, dict):
            on_hand(hand)

    stage_of(
        key=key,
        data={**packed, "name": name, "height": height, "present": present, "clicks": clicks, "paints": paints, "query": query, "announce": announce},
        on_hand_change=moved,
        on_stands_change=lambda: None,
    )
    hand = dict(st.session_state.get(key) or {}).get("hand")
    serial = hand.get("serial") if isinstance(hand, dict) else None
    if cursor is not None:
        cursor_of(key=f"cursor-{name}", data={"name": name, "value": float(cursor), "serial": serial if isinstance(serial, int | float) else 0})


def breathe() -> None:
    """Let the browser draw the stage before the stills arrive, which cost it ten times as much.

    What was sent is drawn while the script rests. The first stage of a session waits until it says that it stands, since the browser
    must first fetch the player; that message starts the script again. Any touch of a control ends the rest at once.
    """
    if st.session_state.get("stage-stands"):
        time.sleep(REST)
        return
    st.session_state["stage-stands"] = True
    rest = st.empty()
    for _ in range(round(FIRST_REST / REST)):
        time.sleep(REST)
        rest.empty()  # each call lets a waiting rerun begin


def number(hand: Hand, what: str, low: float, high: float) -> float | None:
    """Read a finite number out of what a browser sent, or None: it is checked like an upload."""
    value = hand.get(what)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        return None
    return float(value)


def stroke(hand: Hand, low: float, high: float) -> tuple[list[float], list[float]] | None:
    """Read the places of a stroke, x and y, out of what a browser sent, or None: it is checked like an upload."""
    xs, ys = hand.get("xs"), hand.get("ys")
    if hand.get("kind") != "paint" or not isinstance(xs, list) or not isinstance(ys, list) or not 1 <= len(xs) == len(ys) <= MOST_STROKE:
        return None
    values = [number({"at": value}, "at", low, high) for value in (*xs, *ys)]
    return None if None in values else (values[: len(xs)], values[len(xs) :])


@lru_cache(maxsize=4)
def _components(manager: Any) -> tuple[Any, Any]:
    """Register the player's folder as a component with several plain modules, once per server.

    Streamlit documents this for installed packages alone; the same call takes a manifest made in code. It keeps the modules
    as files that the browser caches, where inline code would be one blob without imports. A test holds this function.
    """
    parts = [ComponentConfig("stage", "assets/stage"), ComponentConfig("cursor", "assets/stage")]
    manager.register_from_manifest(ComponentManifest("ulam", "1", parts), ROOT)
    mount = st.components.v2.component
    return (
        mount("ulam.stage", js="stage.js", css="stage.css", html='<div class="stage"></div>'),
        mount("ulam.cursor", js="cursor.js", html="<span></span>"),
    )
