"""The map of relatives on a page: which relation and which family are chosen, by menu, by link or by a click."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.distributions.base import Distribution
from core.distributions.kinship import Kin
from core.distributions.relations import NODES, RELATIONS, relatives
from core.distributions.relations.base import GROUPS, Relation
from core.reels import family_map, family_star
from pages._ui.page import Visit
from pages._ui.stage import Hand, number, stage, wire

TITLES = {family.title: family for family in NODES}
EDGES = {edge.__name__: edge for edge in RELATIONS}
HEIGHT = 560  # px, of the map
NAMES = 12.0  # px, of the names on it
NARROW = """<style>
.st-key-map-beside {display: none}
@media (max-width: 720px) {.st-key-map-whole {display: none} .st-key-map-beside {display: flex}}
</style>"""


def linked(visit: Visit) -> tuple[type[Relation], type[Distribution]]:
    """Return the relation and the family that the menus or the link ask for; a link may name a family alone."""
    asked = TITLES.get(st.session_state.get("family", visit.query.get("family")))
    edge = EDGES[st.session_state.get("edge", type(Kin.from_query(visit.query)[0].edge).__name__)]
    if asked and asked not in edge.families() and "edge" not in visit.query and "edge" not in st.session_state:
        edge = relatives(asked)[0]
        st.session_state["edge"], st.query_params["edge"] = edge.__name__, edge.title
    return edge, family_map.chosen(edge, asked)


def choose(visit: Visit, edge: type[Relation], family: type[Distribution]) -> None:
    """Put a relation and a family into the menus, and so into the link."""
    st.session_state["edge"], st.session_state["family"] = edge.__name__, family.title
    if visit.present:  # where no menu stands
        st.query_params.update({"edge": edge.title, "family": family.title})


def meet(visit: Visit, family: type[Distribution]) -> None:
    """Look at a family; its first relation is chosen unless the present one touches it."""
    edge, _ = linked(visit)
    choose(visit, edge if family in edge.families() else relatives(family)[0], family)


def clicked(visit: Visit, beside: bool, hand: Hand) -> None:
    """Take a click on the map: a family to look at, or a relation to play."""
    x, y = number(hand, "x", -50, 50), number(hand, "y", -50, 50)
    if hand.get("kind") != "click" or x is None or y is None:
        return
    _, family = linked(visit)
    found = (family_star if beside else family_map).hit(x, y, family)
    if found is None:
        return
    if issubclass(found, Relation):
        choose(visit, found, family_map.chosen(found, family))
        if visit.present:
            st.query_params["view"] = "relation"
    else:
        meet(visit, found)


def menu(visit: Visit) -> None:
    """Offer the families, for the keyboard and the phone; the choice lives in the link."""
    edge, family = linked(visit)
    if visit.present or "family" in visit.hidden:
        return
    if st.query_params.get("family", family.title) != family.title:  # one that the relation does not touch
        del st.query_params["family"]
        if "family" not in st.session_state:  # the menu would read it out of the link
            st.rerun()
    st.session_state["family"] = family.title

    def picked() -> None:
        meet(visit, TITLES[st.session_state["family"]])

    st.selectbox("Family", list(TITLES), list(TITLES).index(edge.source.title), key="family", on_change=picked, bind="query-params")


@st.cache_data(max_entries=64, show_spinner=False)
def map_wire(edge: str, family: str, beside: bool, size: float | None) -> dict:
    """Return the map as the player takes it: all of it, or one family's relatives alone."""
    return wire(family_star.beside(EDGES[edge], TITLES[family]) if beside else family_map.whole(EDGES[edge], TITLES[family], size))


def show_map(visit: Visit, edge: type[Relation], family: type[Distribution]) -> None:
    """Show the map; a narrow screen shows one family's relatives instead."""
    st.html(NARROW)
    size, height = (None, None) if visit.present else (NAMES, HEIGHT)
    for beside, name in ((False, "map-whole"), (True, "map-beside")):
        with st.container(key=name):
            packed = map_wire(edge.__name__, family.title, beside, size)
            stage(
                packed, name, height=height, present=visit.present, clicks=True, announce=not (visit.present or beside), on_hand=partial(clicked, visit, beside)
            )


def show_relatives(visit: Visit, family: type[Distribution]) -> None:
    """List the relations of a family by kind, each a button that plays it, and the way to the family's own page."""
    near = relatives(family)
    st.header(f"{family.title}: {len(near)} relations", anchor=False)
    st.markdown(family.story)
    st.page_link("pages/distributions.py", label=f"{family.title} in the explorer", icon=":material/show_chart:", query_params={"dist": family.title})
    for kind in GROUPS:
        if of := [edge for edge in near if edge.kind == kind]:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"*{kind.capitalize()}*", width=150)
                for edge in of:
                    st.button(edge.title, key=f"relation:{edge.__name__}", help=edge.statement(), on_click=choose, args=(visit, edge, family))
