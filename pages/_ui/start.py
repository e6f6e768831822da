"""Where an experiment starts: presets, another seed, reset."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.presets.preset import Preset
from core.spec import Spec
from pages._ui import controls
from pages._ui.page import Visit


def presets(visit: Visit, ready: Sequence[Preset]) -> None:
    """Offer the ready experiments; those that fail on purpose say so."""
    if visit.present or "presets" in visit.hidden:
        return
    with st.popover("Ready experiments", icon=":material/science:", width="stretch"):
        for preset in ready:
            mark = ":material/warning:" if preset.fails else ":material/play_arrow:"
            st.button(preset.name, key=f"preset:{preset.name}", icon=mark, on_click=_take, args=(preset,), width="stretch")
            st.caption(f"{preset.shows} **Fails: {preset.fails}.** Cure: {preset.cure}." if preset.fails else preset.shows)


def _take(preset: Preset) -> None:
    controls.put(preset.spec)
    for name, value in preset.view:
        st.session_state[name] = value
    st.query_params.pop("ghost", None)


def again(visit: Visit, spec: Spec) -> None:
    """Offer the next seed and a reset."""
    if visit.present:
        return
    with st.container(horizontal=True):
        st.button("Next seed", icon=":material/casino:", on_click=_next_seed, args=(spec.seed,))
        st.button("Reset", icon=":material/restart_alt:", on_click=_reset, args=(spec,))


def _next_seed(seed: int) -> None:
    st.session_state["seed"] = seed + 1


def _reset(spec: Spec) -> None:
    """Back to the defaults, and nothing kept."""
    controls.put(spec)  # every widget of this view gets a value, so that none keeps an old one
    controls.put(type(spec)())
    for name in [name for name in st.session_state if str(name).startswith("hand.")]:
        del st.session_state[name]
    st.query_params.pop("ghost", None)
