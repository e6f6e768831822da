"""Where data come from: the controls that pick a data set and a column, and the rows that this session holds."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.datasets import FAMILY
from core.datasets.base import DataSpec, Held
from core.datasets.upload import MOST_MB, hash_of, read_csv
from core.knobs import Param
from core.montecarlo.fitting import columns
from pages._ui import shelf
from pages._ui.controls import Own
from pages._ui.page import Visit

MOST_FILES = 3  # of this session's uploads are kept


def held() -> Held:
    """Return the rows of this session's uploads, by their hash, and of its shelf, by name."""
    return {**st.session_state.get("uploads", {}), **{name: item.rows for name, item in shelf.items().items()}}


def picker(visit: Visit, field: str = "data", column: str = "column") -> Own:
    """Return the controls for `controls.build` that pick a file, a data set on the shelf, and a column.

    Args:
        visit: the run of the page; what is wrong with a file goes to its problems.
        field, column: the paths of the data set and of its column in the page's spec.
    """

    def chosen(asked: dict[str, Any]) -> DataSpec:
        member = next(each for each in FAMILY if each.__name__ == asked[field])
        stem = f"{field}.{member.__name__}."
        return member(**{path.removeprefix(stem): value for path, value in asked.items() if path.startswith(stem)})

    def pick_column(knob: Param, linked: str, asked: dict[str, Any]) -> str:
        try:
            names = columns(chosen(asked), held())
        except ValueError:  # said where the rows are used
            return linked
        if visit.present or column in visit.hidden:
            return linked
        if st.session_state.get(column) not in (None, *names):  # of another data set
            del st.session_state[column]
        start = names.index(linked) if linked in names else 0
        return st.selectbox(knob.label, names, start, key=column, help=knob.help, bind="query-params")

    return {
        f"{field}.Uploaded.sha256": lambda knob, linked, asked: _upload(visit) or linked,
        f"{field}.Shelf.name": lambda knob, linked, asked: _pick_from_shelf(knob, linked, f"{field}.Shelf.name"),
        column: pick_column,
    }


def _upload(visit: Visit) -> str:
    """Draw the upload field, read the file once, and return its hash."""
    file = st.file_uploader("CSV file", ["csv", "tsv", "txt"], key="csv-file", help=f"At most {MOST_MB} MB; it stays in this session.", max_upload_size=MOST_MB)
    if file is None:
        return ""
    data = file.getvalue()
    name, kept, refused = hash_of(data), st.session_state.setdefault("uploads", {}), st.session_state.setdefault("uploads-refused", {})
    if name not in kept and name not in refused:
        try:
            with st.spinner("Reading the file"):
                kept[name] = read_csv(data)
        except ValueError as error:
            refused[name] = str(error)
        while len(kept) > MOST_FILES:
            del kept[next(iter(kept))]
    if name in refused:
        visit.problems.append(refused[name])
    return name if name in kept else ""


def _pick_from_shelf(knob: Param, linked: str, path: str) -> str:
    names = list(shelf.items())
    if not names:
        st.caption("Nothing is on the shelf yet. Other pages put their data there: look for *Put on the shelf*.")
        return linked
    return st.selectbox(knob.label, names, names.index(linked) if linked in names else 0, key=path, help=knob.help)
