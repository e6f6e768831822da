"""The quantile setter: a small form whose answer goes into the number fields."""

from __future__ import annotations

import streamlit as st

from core.distributions.base import Distribution
from core.distributions.solve import Quantiles, solve
from pages._ui.page import plain


def setter(dist: Distribution, prefix: str) -> None:
    """Offer to solve the first two parameters for two quantiles; what cannot be met gets its sentence.

    Args:
        dist: the present setting.
        prefix: of the parameters' number fields.
    """

    def answer() -> None:
        typed = (st.session_state[f"quantile-{i}"] for i in range(4))
        try:
            found = solve(dist, Quantiles(*typed))
        except ValueError as error:
            st.session_state["quantile-problem"] = str(error)
            return
        for path, (_, value) in found.leaves(prefix).items():
            st.session_state[path] = value

    with st.popover("Set by quantiles", icon=":material/align_horizontal_left:"), st.form("quantiles", border=False):
        low, high = (float(f"{value:.3g}") for value in dist.quantile([0.025, 0.975]))
        for i, (share, value) in enumerate(((0.025, low), (0.975, high))):
            left, right = st.columns(2)
            left.number_input("Share below", 0.0, 1.0, share, 0.005, format="%.6g", key=f"quantile-{2 * i}")
            right.number_input("this value", value=value, format="%.6g", key=f"quantile-{2 * i + 1}")
        st.form_submit_button("Solve", on_click=answer, type="primary")
    if problem := st.session_state.pop("quantile-problem", None):
        st.warning(plain(problem), icon=":material/error:")
