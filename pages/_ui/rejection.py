"""The rejection page's own controls: which ones have nothing to say now, and what the hand does on its stage."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import streamlit as st

from core.montecarlo.ball import DIMENSIONS
from core.montecarlo.rejection import Rejection
from core.montecarlo.rejection_cost import Costs
from core.montecarlo.rejection_drawn import Drawn
from core.montecarlo.rejection_hand import dragged
from core.reels.rejection_line import Scene
from core.targets import PLANE
from pages._ui import controls, targets
from pages._ui.stage import Hand, number

ENVELOPE = "envelope:"
SHAPELESS = ("place", "kind", "df", "start", "most")  # settings of an envelope that stay when the target places it
UPWARD = ("low_y", "high_y", "centre_y", "width_y")


def spare(path: str, asked: dict[str, Any]) -> bool:
    """Return whether a control has nothing to say now: numbers of an envelope that the target places, y on a line, an M that is found."""
    envelope, name = asked.get("envelope"), path.rpartition(".")[2]
    if path in ("bound", "m"):
        return envelope == "Tangents" or (path == "m" and asked.get("bound") == "found")
    if path == "wider":
        return asked.get("shape") == "ball"
    if not path.startswith(f"envelope.{envelope}."):
        return False
    if envelope == "Tangents":
        return name == "place"
    flat = asked.get("target") not in [cls.__name__ for cls in PLANE]
    return (name not in SHAPELESS and asked.get(f"envelope.{envelope}.place") == "fitted") or (flat and name in UPWARD)


def fit(spec: Rejection) -> None:
    """Let the target place the envelope, and M be found, from a callback."""
    controls.put(spec.replace(envelope=spec.envelope.replace(place="fitted"), bound="found"))


def moved(result: Drawn | Costs, erase: bool) -> dict[str, Any]:
    """Return what the stage is to do with the hand: for a sweep over d its field; for darts the handles of target and envelope, and the brush."""
    if isinstance(result, Costs):
        return {"cursor": result.spec.d, "query": {"key": "d", "float": False}, "on_hand": _dimension}
    return {"on_hand": _handles(result, erase), "paints": targets.paints(result.spec.target)}


def _dimension(hand: Hand) -> None:
    """Write the dimension at which the slider rests into its field, and so into the URL."""
    if tick := number(hand, "value", *DIMENSIONS[[0, -1]]):
        st.session_state["d"] = round(tick)


def _handles(result: Drawn, erase: bool) -> Callable[[Hand], None]:
    scene = Scene.of(result)

    def let_go(hand: Hand) -> None:
        """Turn a handle that was let go, or a stroke, into settings; what does not fit leaves all as it is."""
        if target := targets.changed(result.spec.target, hand, erase, scene.shift):
            controls.put(result.spec.replace(target=target))
            return
        x, y, name = number(hand, "x", -1e12, 1e12), number(hand, "y", -1e300, 1e300), hand.get("name")
        if x is None or y is None or not isinstance(name, str) or not name.startswith(ENVELOPE):
            return
        line = result.spec.target.dim == 1
        log_y = math.log(max(y, 1e-6 * scene.top)) + scene.shift if line else 0.0
        try:
            spec = dragged(result, name.removeprefix(ENVELOPE), x, log_y, y)
        except (ValueError, StopIteration):
            return
        controls.put(spec)

    return let_go
