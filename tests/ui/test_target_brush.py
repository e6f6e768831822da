"""The brush beside a painted plane: a choice that only stands where there is something to erase."""

import pytest
from streamlit.testing.v1 import AppTest


def brushes(name: str, query: dict[str, str]) -> AppTest:
    def script(name: str, query: dict[str, str]) -> None:
        import streamlit as st

        from core import targets
        from pages._ui import nav
        from pages._ui.page import Visit
        from pages._ui.targets import brush

        visit = Visit(nav.room("monte_carlo"), query, query.get("present") == "1", frozenset())
        st.write(f"erases: {brush(getattr(targets, name)(), visit)}")

    at = AppTest.from_function(script, args=(name, query), default_timeout=60).run()
    assert not at.exception
    return at


@pytest.mark.parametrize("name", ["Painted", "Hills", "TypedPlane"])
def test_there_is_no_brush_where_nothing_is_erased(name):
    at = brushes(name, {"brush": "Erase"})
    assert not at.button_group and at.markdown[0].value == "erases: False"


def test_the_brush_raises_until_the_eraser_is_taken():
    at = brushes("PaintedPlane", {})
    assert at.markdown[0].value == "erases: False"
    at.button_group(key="brush").set_value("Erase").run()
    assert not at.exception and at.markdown[0].value == "erases: True"


@pytest.mark.parametrize(("linked", "erases"), [("Erase", True), ("<b>", False)])
def test_a_projector_takes_the_brush_from_the_link(linked, erases):
    assert brushes("PaintedPlane", {"brush": linked, "present": "1"}).markdown[0].value == f"erases: {erases}"
