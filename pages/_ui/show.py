"""A still with its caption, its words for those who cannot see it, its data and the code that made it."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

CONFIG = {"displaylogo": False, "modeBarButtonsToRemove": ["select2d", "lasso2d"], "responsive": True}


def dark() -> bool:
    """Return whether the page is shown in the dark theme."""
    return st.context.theme.type == "dark"


def still(name: str, figure: Any, caption: str, rows: Callable[[], pd.DataFrame], code: Sequence[Callable]) -> None:
    """Show a figure. Its camera button saves an SVG, which any slide takes at any size.

    Args:
        name: which still of the page; zoom and hover survive a rerun while it stays.
        figure: a Plotly figure.
        caption: one sentence, which is also the figure's `alt`.
        rows: gives the data behind the picture, when asked for.
        code: the functions that ran, shown as they stand in the engine.
    """
    save = {"toImageButtonOptions": {"format": "svg", "filename": f"ulam-{name}"}}
    st.plotly_chart(figure, key=f"still-{name}", theme=None, config=CONFIG | save, alt=caption)
    st.caption(caption)
    with st.container(horizontal=True):
        data_open = st.toggle("Data", key=f"data-{name}")
        code_open = st.toggle("Code", key=f"code-{name}")
    if data_open:
        st.dataframe(rows(), hide_index=True)
    if code_open:
        st.code("\n\n".join(textwrap.dedent(inspect.getsource(each)).rstrip() for each in code), "python")
