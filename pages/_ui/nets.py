"""A directed model on a page: the menu of examples, what is known, what is asked for, and the editor of its nodes.

The model lives in the URL; every widget here is made anew from it, and writes back into it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from core.knobs import Param
from core.montecarlo.ancestral import NET, Ancestral
from core.montecarlo.nets import edit
from core.montecarlo.nets.examples import EXAMPLES, TITLES
from core.montecarlo.nets.net import MOST_NODES, Net
from core.montecarlo.nets.node import KIND_WORDS, KINDS
from pages._ui.controls import Own
from pages._ui.page import Visit, complain

STEM = "question.Ancestral"
PATHS = {name: f"{STEM}.{name}" for name in ("net", "given", "asked")}
OWN_MODEL = "A model of your own"


def own(visit: Visit) -> Own:
    """Return the controls for `controls.build` that pick a model, what is known and what is asked for."""
    return {
        PATHS["net"]: lambda knob, linked, asked: _model(visit, knob),
        PATHS["given"]: lambda knob, linked, asked: _given(visit, knob, asked[PATHS["net"]]),
        PATHS["asked"]: lambda knob, linked, asked: _asked(visit, knob, asked[PATHS["net"]], asked[PATHS["given"]]),
    }


def forget(keep: bool) -> None:
    """Take the model out of the URL when another experiment is on the page."""
    for path in () if keep else PATHS.values():
        st.query_params.pop(path, None)


def _read(path: str, knob: Param) -> Any:
    """Return what stands in the URL; a preset or a settings file puts its value into the session first."""
    if path in st.session_state:
        _write(path, knob, st.session_state.pop(path))
    try:
        return knob.parse(path, st.query_params[path]) if path in st.query_params else knob.default
    except ValueError:  # said by the reader of the link
        return knob.default


def _write(path: str, knob: Param, value: Any) -> None:
    if value == knob.default:
        st.query_params.pop(path, None)
    else:
        st.query_params[path] = knob.text(value)


def _shown(visit: Visit, path: str) -> bool:
    return not visit.present and path not in visit.hidden


def _mark(net: Net) -> int:
    """Return a short name for a model, so that its widgets are not those of another."""
    return zlib.crc32(net.key().encode())


def _model(visit: Visit, knob: Param) -> Net:
    net = _read(PATHS["net"], knob)
    if _shown(visit, PATHS["net"]):
        titles = [*TITLES.values()]
        now = TITLES.get(knob.text(net), OWN_MODEL)
        options = titles if now in titles else [*titles, OWN_MODEL]
        key = f"model:{_mark(net)}"
        st.selectbox(knob.label, options, options.index(now), key=key, help=knob.help, on_change=_take, args=(key, knob))
    return net


def _take(key: str, knob: Param) -> None:
    """Take up an example; what was known and asked for goes."""
    name = next((name for name, title in TITLES.items() if title == st.session_state[key]), None)
    if name:
        forget(False)
        _write(PATHS["net"], knob, EXAMPLES[name])


def _given(visit: Visit, knob: Param, net: Net) -> str:
    given = _read(PATHS["given"], knob)
    if _shown(visit, PATHS["given"]):
        now = [part for part in map(str.strip, given.split(",")) if part]
        options = [f"{node.name} = {state}" for node in net.nodes for state in node.state_names]
        key = f"given:{_mark(net)}:{given}"
        text = "A number can be known too, with likelihood weighting: type it, such as Score = 80."
        st.multiselect(
            knob.label,
            [*dict.fromkeys([*options, *now])],
            now,
            key=key,
            help=text,
            placeholder="nothing",
            accept_new_options=True,
            on_change=_know,
            args=(key, knob),
        )
    return given


def _know(key: str, knob: Param) -> None:
    _write(PATHS["given"], knob, ", ".join(st.session_state[key])[:200])


def _asked(visit: Visit, knob: Param, net: Net, given: str) -> str:
    asked = _read(PATHS["asked"], knob)
    if _shown(visit, PATHS["asked"]):
        options = [choice for node in net.nodes for choice in ([f"{node.name} = {state}" for state in node.state_names] or [node.name])]
        usual = _usual(net, given)
        now = asked if asked in options else next((choice for choice in options if asked and choice.startswith(f"{asked} = ")), usual)
        key = f"asked:{_mark(net)}:{given}:{asked}"
        st.selectbox(knob.label, options, options.index(now), key=key, help=knob.help, on_change=_ask, args=(key, knob, usual))
    return asked


def _usual(net: Net, given: str) -> str:
    """Return what is asked for when nothing is said."""
    try:
        place, state = Ancestral(net, given, way="weighting").target
    except ValueError:
        place, state = Ancestral(net).target
    return net.names[place] if state < 0 else f"{net.names[place]} = {net.nodes[place].state_names[state]}"


def _ask(key: str, knob: Param, usual: str) -> None:
    _write(PATHS["asked"], knob, "" if st.session_state[key] == usual else st.session_state[key])


# The editor


def editor(net: Net) -> None:
    """Draw the fields of one node at a time, and the buttons that add and remove nodes."""
    with st.expander("Edit the model", expanded=bool(st.session_state.get("net-serial")), icon=":material/edit:"):
        if problem := st.session_state.pop("net-problem", None):
            complain([problem])
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.selectbox("Node", net.names, key=f"node:{'|'.join(net.names)}", index=min(st.session_state.get("net-node", 0), len(net.names) - 1))
            place = net.names.index(name)
            full = len(net.nodes) >= MOST_NODES
            st.button("Add a node", icon=":material/add:", disabled=full, on_click=_change, args=(net, len(net.nodes), lambda: edit.added(net)))
            st.button("Remove this node", icon=":material/delete:", on_click=_change, args=(net, 0, lambda: edit.removed(net, place)))
        _fields(net, place)
        _table(net, place)


def _fields(net: Net, place: int) -> None:
    """Draw name, kind, states and parents of a node; each writes at once."""
    node, mark = net.nodes[place], f"{place}:{_mark(net)}:{st.session_state.get('net-serial', 0)}"

    def field(what: str, make: Callable[[Any], Net]) -> dict[str, Any]:
        key = f"node-{what}:{mark}"
        return {"key": key, "on_change": lambda: _change(net, place, lambda: make(st.session_state[key]))}

    left, right = st.columns(2)
    left.text_input("Name", node.name, max_chars=40, **field("name", lambda text: edit.renamed(net, place, text)))
    words = dict(zip(KINDS, KIND_WORDS, strict=True))
    kind = field("kind", lambda word: edit.with_kind(net, place, word))
    right.selectbox("It is", KINDS, KINDS.index(node.kind), format_func=words.get, **kind)
    if node.kind != "number":
        text = "Two to four, with commas between."
        left.text_input("States", node.states, max_chars=80, help=text, **field("states", lambda text: edit.with_states(net, place, text)))
    others = [name for name in net.names if name != node.name]
    parents = field("parents", lambda names: edit.with_parents(net, place, names))
    right.multiselect("Parents", others, list(node.parent_names), placeholder="none", **parents)


def _table(net: Net, place: int) -> None:
    """Draw a node's table; it is taken over as a whole, since a row that is half typed does not add to 1."""
    key = f"node-table:{place}:{_mark(net)}:{st.session_state.get('net-serial', 0)}"
    settings, columns = net.settings(place), net.columns(place)
    shown = pd.DataFrame(net.table(place) if net.nodes[place].kind != "states" else _as_typed(net, place), columns=columns)
    numbers = {name: st.column_config.NumberColumn(required=True, format="%.6g", step=None) for name in columns}
    if settings != [""]:
        shown.insert(0, "given", settings)
    with st.form(f"form:{key}", border=False):
        st.data_editor(shown, key=key, hide_index=True, disabled=["given"], num_rows="fixed", column_config=numbers)
        st.form_submit_button("Take over the table", on_click=_change, args=(net, place, lambda: edit.with_table(net, place, _edited(shown, key))))


def _as_typed(net: Net, place: int) -> Any:
    rows, columns = net.shape(place)
    return [net.nodes[place].table[i * columns : (i + 1) * columns] for i in range(rows)]


def _edited(shown: pd.DataFrame, key: str) -> list[list[float]]:
    """Return the table with the cells that were typed; an empty cell is said to be none."""
    table = shown.drop(columns="given", errors="ignore").astype(float)
    state = st.session_state.get(key) or {}
    for row, cells in state.get("edited_rows", {}).items():
        for name, value in cells.items():
            if name in table.columns:
                if value is None:
                    raise ValueError(f"{name} must be a number, got an empty cell: try {table.loc[int(row), name]:g}")
                table.loc[int(row), name] = float(value)
    return table.to_numpy().tolist()


def _change(net: Net, place: int, make: Callable[[], Net]) -> None:
    """Take up a changed model, or say in a sentence why not; what was known and asked for stays while it still fits."""
    st.session_state["net-serial"] = st.session_state.get("net-serial", 0) + 1
    try:
        changed = make()
        given, asked = (st.query_params.get(PATHS[name], "") for name in ("given", "asked"))
        for name, fits in (("given", {"given": given}), ("asked", {"asked": asked})):
            if not _fits(changed, fits):
                st.query_params.pop(PATHS[name], None)
        _write(PATHS["net"], NET, changed)
        st.session_state["net-node"] = min(place, len(changed.nodes) - 1)
    except ValueError as error:
        st.session_state["net-problem"] = str(error)


def _fits(net: Net, part: dict[str, str]) -> bool:
    try:
        Ancestral(net, way="weighting", **part)
    except ValueError:
        return False
    return True
