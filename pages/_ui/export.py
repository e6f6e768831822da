"""The way out of a page: link, settings, notebook, data, and the reel as a page that plays offline."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

import core
from core.reels.reel import Reel
from core.reels.standalone import page as reel_page
from core.spec import Spec
from pages._ui.page import Visit

RUN = ("=", "+", "-", "@", "\t", "\r")  # what makes a cell a formula
LONGEST_LINK = 2000  # characters: what every mail program and chat keeps whole


def link(visit: Visit, spec: Spec, also: dict[str, str] | None = None) -> str:
    """Return the address that restores the experiment, with the view settings in `also`."""
    base = (st.context.url or "").partition("?")[0]
    query = spec.to_query() | (also or {})
    return f"{base}?{urlencode(query)}" if query else base


def settings(visit: Visit, spec: Spec) -> bytes:
    """Return the settings file of the page."""
    return json.dumps({"ulam": core.__version__, "page": visit.room.address, "spec": spec.to_dict()}, indent=2).encode()


def shelf_of_files(
    visit: Visit,
    spec: Spec,
    address: str,
    notebook: Callable[[], bytes],
    data: dict[str, tuple[Callable[[], bytes] | None, str]],
    reels: dict[str, Callable[[], Reel]],
    zipped: bool = False,
) -> None:
    """Show the ways out. Files are made when their button is pressed, not before.

    Args:
        address: the link, from `link`.
        notebook: makes the notebook.
        data: file name -> (maker, MIME type); a maker of None is a file too large for its format.
        reels: title -> maker of a reel, saved as one HTML file that plays with the network off.
        zipped: the notebook comes with its data, in a zip.
    """
    if len(address) > LONGEST_LINK:
        st.warning(f"This link has {len(address):,} characters and some programs will cut it: send the settings file instead.")
    st.code(address, None, wrap_lines=True)
    with st.container(horizontal=True):
        _button("Settings", "settings.json", lambda: settings(visit, spec), "application/json", ":material/tune:")
        _notebook(visit, notebook, zipped)
        for name, (make, mime) in data.items():
            _button(name.rpartition(".")[2].upper(), name, make, mime, ":material/download:")
        for title, make in reels.items():
            _button(f"{title} (HTML)", f"ulam-{title.lower().replace(' ', '-')}.html", _html(make, title, address), "text/html", ":material/movie:")


def _notebook(visit: Visit, make: Callable[[], bytes], zipped: bool) -> None:
    ending, mime = ("zip", "application/zip") if zipped else ("ipynb", "application/x-ipynb+json")
    _button("Notebook", f"ulam-{visit.room.address}.{ending}", make, mime, ":material/menu_book:")


def to_csv(rows: pd.DataFrame) -> bytes:
    """Return a table as CSV; a cell that a spreadsheet would run gets a quotation mark before it."""
    rows = rows.copy()
    for name in rows.select_dtypes(exclude="number"):
        rows[name] = [f"'{cell}" if str(cell).startswith(RUN) else cell for cell in rows[name]]
    return rows.to_csv(index=False).encode()


def _html(make: Callable[[], Reel], title: str, address: str) -> Callable[[], bytes]:
    return lambda: reel_page(make(), f"Ulam: {title.lower()}", address).encode()


def _button(label: str, file: str, make: Callable[[], bytes] | None, mime: str, icon: str) -> None:
    why = None if make else "Too many values for this format: take CSV or Parquet."
    st.download_button(label, make or b"", file, mime, icon=icon, on_click="ignore", key=f"file:{file}", disabled=make is None, help=why)
