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
            st.button(preset.name, key=f"preset:{preset.name}", icon=mark, on_click=take, args=(preset,), width="stretch")
            st.caption(f"{preset.shows} **Fails: {preset.fails}.** Cure: {preset.cure}." if preset.fails else preset.shows)


def take(preset: Preset) -> None:
    """Set the page to a ready experiment, from a callback."""
    st.query_params.pop("ghost", None)
    controls.put(preset.spec, view=dict(preset.view))


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
    st.query_params.pop("ghost", None)
    fresh = type(spec)()
    stems, stay = tuple(f"{name}." for name in (*spec.params(), "hand", "good:")), fresh.leaves()
    for name in [str(name) for name in st.session_state if str(name).startswith(stems) and str(name) not in stay]:
        del st.session_state[name]  # never one that is set again: Streamlit would read its old value from the URL
    controls.put(fresh)
