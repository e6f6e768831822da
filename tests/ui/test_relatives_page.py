"""The relatives page: it takes its state from a link, from a menu and from a click, and says what goes wrong."""

import pytest
from streamlit.testing.v1 import AppTest

from core import distributions as families
from core.distributions.kinship import Kin, numbers, run
from core.distributions.relations import relatives
from core.distributions.words import say
from core.presets.relatives import PRESETS
from core.progress import finish
from core.reels import family_map
from tests.ui.test_pages import app, sentences

SCRIPT = "pages/relatives.py"


def relatives_page(**query: str) -> AppTest:
    return app(SCRIPT, **query)


def chosen(at: AppTest) -> tuple[str, str]:
    return at.selectbox(key="edge").value, at.selectbox(key="family").value


def test_the_first_view_plays_the_binomial_law_and_shows_its_numbers():
    at = relatives_page()
    assert chosen(at) == ("BinomialToPoisson", "Binomial")
    assert "Binomial to Poisson" in [header.value for header in at.header]
    shown, table = numbers(finish(run(Kin()))), next(each.value for each in at.markdown if "total variation" in each.value and "|" in each.value)
    for tick in (3, 16384):
        assert f"| {tick} | {say(shown[f'total variation at trials {tick}'], 4)} |" in table
    assert not at.warning


def test_state_comes_from_the_link_and_goes_back_into_it():
    at = relatives_page(**{"edge": "Gamma to beta", "edge.GammaToBeta.a": "0.5", "family": "Beta", "seed": "7"})
    assert chosen(at) == ("GammaToBeta", "Beta") and at.number_input(key="edge.GammaToBeta.a").value == 0.5
    assert all(part in at.code[0].value for part in ("edge=Gamma+to+beta", "edge.GammaToBeta.a=0.5", "family=Beta", "seed=7"))


@pytest.mark.parametrize(
    "query, expected",
    [
        ({"family": "Zipf"}, ("ZipfToGeometric", "Zipf")),
        ({"family": "Poisson"}, ("BinomialToPoisson", "Poisson")),
        ({"edge": "Uniform to Cauchy", "family": "Zipf"}, ("UniformToCauchy", "Uniform")),
        ({"edge": "UniformToCauchy"}, ("UniformToCauchy", "Uniform")),
        ({"family": "Nobody"}, ("BinomialToPoisson", "Binomial")),
    ],
    ids=str,
)
def test_a_family_and_a_relation_that_do_not_touch_are_brought_together(query, expected):
    assert chosen(relatives_page(**query)) == expected


@pytest.mark.parametrize(
    "query, sentence",
    [
        ({"edge": "Nothing to nothing"}, "edge must be one of"),
        ({"edge.BinomialToPoisson.n": "0"}, "n must lie in [1, 1000000], got 0"),
        ({"edge.BinomialToPoisson.n": "3", "edge.BinomialToPoisson.rate": "5"}, "n must be at least the rate, got 3 and 5"),
        ({"edge": "Poisson to binomial", "edge.PoissonToBinomial.first": "1", "edge.PoissonToBinomial.second": "1"}, "total must come up in at least"),
        ({"edge": "Student t to normal", "edge.StudentToNormal.df": "nan"}, "df must be a finite number"),
        ({"seed": "-1"}, "seed must lie in"),
    ],
    ids=str,
)
def test_a_bad_link_gets_a_sentence_and_a_page(query, sentence):
    at = relatives_page(**query)
    assert sentence in sentences(at) and len(at.code) == 1


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_opens_and_one_that_fails_says_so(preset):
    at = relatives_page()
    at.button(key=f"preset:{preset.name}").click().run()
    assert not at.exception
    assert at.selectbox(key="edge").value == type(preset.spec.edge).__name__
    assert bool(preset.fails) == ("Cure:" in sentences(at))


def test_a_button_of_the_list_plays_its_relation_and_keeps_the_family():
    at = relatives_page(family="Beta", edge="Gamma to beta")
    at.button(key="relation:BetaToArcsine").click().run()
    assert not at.exception and chosen(at) == ("BetaToArcsine", "Beta")
    assert {button.key for button in at.button if str(button.key).startswith("relation:")} == {f"relation:{edge.__name__}" for edge in relatives(families.Beta)}


def test_the_menus_bring_family_and_relation_together():
    at = relatives_page()
    at.selectbox(key="family").set_value("Zipf").run()
    assert chosen(at) == ("ZipfToGeometric", "Zipf")
    at.selectbox(key="edge").set_value("UniformToCauchy").run()
    assert chosen(at) == ("UniformToCauchy", "Uniform")
    at.selectbox(key="family").set_value("Cauchy").run()
    assert chosen(at) == ("UniformToCauchy", "Cauchy")


def clicking(hand: dict, beside: bool = False, **query: str) -> tuple[str | None, str | None]:
    """What the callback of the map writes into the state of the menus."""

    def script(hand: dict, beside: bool, query: dict) -> None:
        import streamlit as st

        from pages._ui import kin, nav
        from pages._ui.page import Visit

        st.button("map", on_click=kin.clicked, args=(Visit(nav.room("relatives"), query, query.get("present") == "1", frozenset()), beside, hand))

    at = AppTest.from_function(script, args=(hand, beside, query)).run()
    at.button[0].click().run()
    assert not at.exception
    state = {name: at.session_state[name] for name in ("edge", "family") if name in at.session_state}
    return state.get("edge"), state.get("family")


def test_a_click_on_the_map_chooses_a_family_or_a_relation():
    def at_place(x: float, y: float) -> dict:
        return {"kind": "click", "panel": 0, "x": x, "y": y, "frame": 0, "serial": 1}

    where = family_map.places()
    assert clicking(at_place(*where[families.Poisson])) == ("BinomialToPoisson", "Poisson")
    assert clicking(at_place(*where[families.Zipf])) == ("ZipfToGeometric", "Zipf")
    route = next(each for each in family_map.routes() if each.edge.__name__ == "GammaToBeta")
    middle = [float(each) for each in route.line[10]]
    assert clicking(at_place(*middle)) == ("GammaToBeta", "Gamma")
    assert clicking(at_place(*middle), family="Beta", edge="Gamma to beta", present="1") == ("GammaToBeta", "Beta")
    assert clicking(at_place(-0.45, -8.4)) == (None, None)
    assert clicking(at_place(0.5, 0.5), beside=True) == ("BinomialToPoisson", "Binomial")


@pytest.mark.parametrize("hand", [{}, {"kind": "click"}, {"kind": "click", "x": "1", "y": 0}, {"kind": "click", "x": float("nan"), "y": 0}, {"kind": "sweep"}])
def test_what_a_browser_may_not_send_changes_nothing(hand):
    assert clicking(hand) == (None, None)


def test_the_projector_shows_the_relation_or_the_map_alone():
    for view in ("map", "relation"):
        at = relatives_page(present="1", view=view, edge="Gamma to beta")
        assert not at.title and not at.selectbox and not at.code and not at.header


def test_a_hidden_family_menu_leaves_the_page_whole():
    at = relatives_page(hide="family", family="Beta", edge="Gamma to beta")
    assert [each.key for each in at.selectbox] == ["edge"] and any("Beta: " in header.value for header in at.header)
