"""The session's datasets: put from any page, picked up by any other. No session sees another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages._ui.page import plain

SESSION_BYTES = 256 << 20


@dataclass(frozen=True)
class Item:
    """A data set on the shelf: its rows, where it came from, and the key of the spec that made it."""

    rows: pd.DataFrame
    source: str
    key: str

    @property
    def nbytes(self) -> int:
        """Return how much memory the rows take."""
        return int(self.rows.memory_usage(deep=True).sum())


def items() -> dict[str, Item]:
    """Return the data sets of this session by name."""
    return st.session_state.setdefault("shelf", {})


def put(name: str, rows: pd.DataFrame, source: str, key: str) -> str:
    """Put rows on the shelf and return the name they got: a second "samples" becomes "samples 2".

    Raises:
        ValueError: when this session's memory is full.
    """
    item, kept = Item(rows, source, key), items()
    same = next((taken for taken, each in kept.items() if each.key == key and each.source == source), None)
    if same:
        return same
    used = sum(each.nbytes for each in kept.values())
    if used + item.nbytes > SESSION_BYTES:
        raise ValueError(
            f"the shelf holds at most {SESSION_BYTES >> 20} MB a session, got {(used + item.nbytes) / (1 << 20):.0f} MB: take something off, or draw fewer samples"
        )
    taken, number = name, 2
    while taken in kept:
        taken, number = f"{name} {number}", number + 1
    kept[taken] = item
    return taken


def offer(name: str, rows: Callable[[], pd.DataFrame], source: str, key: str) -> None:
    """Draw the button that puts a page's data on the shelf."""

    def take() -> None:
        try:
            taken = put(name, rows(), source, key)
        except ValueError as error:
            st.session_state["shelf-says"] = str(error)
        else:
            st.session_state["shelf-says"] = f"On the shelf as {taken}: other pages can pick it up."

    st.button("Put on the shelf", icon=":material/shelves:", on_click=take, key=f"shelf-put:{name}")
    if words := st.session_state.pop("shelf-says", None):
        st.toast(plain(words))


def remove(name: str) -> None:
    """Take a data set off the shelf."""
    items().pop(name, None)


def show() -> None:
    """List what is on the shelf, each with a button that takes it off."""
    if not items():
        return
    with st.popover(f"Shelf: {len(items())}", icon=":material/shelves:"):
        for name, item in items().items():
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{name}: {len(item.rows):,} rows from {item.source}")
                st.button("Take off", key=f"shelf-off:{name}", on_click=remove, args=(name,))
