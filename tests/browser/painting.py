"""A page with a painted target on the stage, for the test of the brush."""

import streamlit as st

from core.reels.reel import Axis, Panel, Reel
from core.reels.targets import curve
from core.targets import Painted
from pages._ui.stage import Hand, stage, wire
from pages._ui.targets import changed, paints

target = st.session_state.setdefault("target", Painted())


def let_go(hand: Hand) -> None:
    """Take what the hand drew."""
    if new := changed(st.session_state["target"], hand):
        st.session_state["target"] = new


panel = Panel(Axis("x", -4, 4), Axis("height", 0, 1.5), (curve(target, -4, 4),))
stage(wire(Reel((panel,), 1)), "paint", paints=paints(target), on_hand=let_go)
st.write(f"The mean is {target.mean()[0]:.4f} of {len(target.heights)} heights")
