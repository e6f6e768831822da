"""How the hand changes a target on any page: it drags hills, and paints."""

from __future__ import annotations

import math

from core.reels.targets import PREFIX
from core.targets.base import Target
from core.targets.hand import dragged, paintable, stroked
from core.targets.painted import Painted
from core.targets.painted_plane import PaintedPlane
from pages._ui import controls
from pages._ui.page import Visit
from pages._ui.stage import Hand, number, stroke

BRUSHES = ["Raise", "Erase"]


def paints(target: Target) -> bool:
    """Tell whether the stage is to be mounted with `paints=True`."""
    return paintable(target)


def brush(target: Target, visit: Visit) -> bool:
    """Draw the choice between brush and eraser where there is one; return whether the hand takes away."""
    return isinstance(target, PaintedPlane) and controls.pick("Brush", "brush", BRUSHES, visit) == BRUSHES[1]


def moved(target: Target, hand: Hand, shift: float = 0.0) -> Target | None:
    """Return the target after a handle of its hills was let go, None where the hand did something else, or what is refused.

    Args:
        target: what the stage shows.
        hand: what came from the stage.
        shift: of a curve drawn as exp(log_prob - shift).
    """
    name, x, y = hand.get("name"), number(hand, "x", -1e12, 1e12), number(hand, "y", -1e12, 1e12)
    if hand.get("kind") != "handle" or not isinstance(name, str) or not name.startswith(PREFIX) or x is None or y is None:
        return None
    try:
        return dragged(target, name.removeprefix(PREFIX), x, y * math.exp(shift) if target.dim == 1 else y)
    except (ValueError, OverflowError):
        return None


def painted(target: Target, hand: Hand, erase: bool = False, shift: float = 0.0) -> Target | None:
    """Return the target after a stroke, None where the hand did something else, or nothing would be left of it.

    Args:
        target: what the stage shows.
        hand: what came from the stage.
        erase: in the plane, whether the brush takes away.
        shift: of a curve drawn as exp(log_prob - shift).
    """
    line = stroke(hand, -1e12, 1e12)
    if line is None or hand.get("panel") != 0 or not paintable(target):
        return None
    xs, ys = line
    try:
        return stroked(target, xs, [y * math.exp(shift) for y in ys] if isinstance(target, Painted) else ys, erase)
    except (ValueError, OverflowError):
        return None


def changed(target: Target, hand: Hand, erase: bool = False, shift: float = 0.0) -> Target | None:
    """Return the target after whatever the hand did to it, None where it did nothing to it."""
    return painted(target, hand, erase, shift) if hand.get("kind") == "paint" else moved(target, hand, shift)
