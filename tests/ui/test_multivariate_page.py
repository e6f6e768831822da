"""The page of several variables opens, takes its state from a link, survives a bad one, and every control and way out works."""

import json
from urllib.parse import quote_plus

import pytest
from streamlit.testing.v1 import AppTest

from core.distributions.multivariate import MULTIVARIATE
from core.distributions.multivariate.several import Several, run
from core.distributions.words import say
from core.presets.multivariate import PRESETS
from core.progress import finish
from core.reels.sweep import spoken, sweepable
from tests.ui.test_pages import app, estimates, sentences

SCRIPT = "pages/several.py"


def page(**query: str) -> AppTest:
    return app(SCRIPT, **query)


def button(at: AppTest, label: str):
    return next(each for each in at.button if each.label == label)


@pytest.mark.parametrize("law", MULTIVARIATE, ids=lambda cls: cls.__name__)
def test_every_family_has_its_fields_its_words_and_its_numbers(law):
    at = page(law=law.title)
    assert at.selectbox(key="law").value == law.__name__
    assert all(at.number_input(key=f"law.{law.__name__}.{path}") for path in law().leaves())
    assert any(law.story in each.value for each in at.markdown)
    assert len(at.latex) == 3 and all("<" not in each.value for each in at.latex)
    assert estimates(at).count("\n") == 1 + law().dim + law().dim * (law().dim + 1) // 2


def test_state_comes_from_the_link():
    at = page(**{"law": "Dirichlet", "law.Dirichlet.b": "7.5", "n": "500", "seed": "9", "hand.Dirichlet": "c"})
    assert at.number_input(key="law.Dirichlet.b").value == 7.5
    assert at.number_input(key="n").value == 500 and at.number_input(key="seed").value == 9
    link = at.code[-1].value
    assert all(part in link for part in ("law=Dirichlet", "law.Dirichlet.b=7.5", "n=500", "seed=9", "hand.Dirichlet=c"))


@pytest.mark.parametrize(
    "query, sentence",
    [
        ({"law.BivariateNormal.rho": "1"}, "rho must lie in [-0.999999, 0.999999], got 1: try 0.6"),
        ({"law.BivariateNormal.rho": "nan"}, "rho must be a finite number, got nan: try 0.6"),
        ({"law.BivariateNormal.sigma_x": "1e400"}, "must be a finite number"),
        ({"law": "Nothing"}, "law must be one of"),
        ({"law": "Wishart", "law.Wishart.df": "0.5"}, "df must lie in [1.001, 1e+08], got 0.5: try 6"),
        ({"law": "Multinomial", "law.Multinomial.n": "900"}, "n must lie in [1, 200], got 900: try 12"),
        ({"law": "Student t in the plane", "law.BivariateT.df": "0.001"}, "law must lie within the range of a double"),
        ({"n": "1"}, "n must lie in [2, 1000000], got 1: try 1000"),
        ({"n": "many"}, "n must be a whole number, got many: try 1000"),
        ({"hand.BivariateNormal": "<script>alert(1)</script>"}, ""),
    ],
    ids=str,
)
def test_a_bad_link_gets_a_sentence_and_a_page(query, sentence):
    at = page(**query)
    assert sentence in sentences(at)
    assert "standard error" in estimates(at) and len(at.code) == 1


def test_weights_of_zero_keep_the_last_good_setting():
    at = page(**{"law": "Multinomial", "law.Multinomial.weight_b": "0", "law.Multinomial.weight_c": "0"})
    at.number_input(key="law.Multinomial.weight_a").set_value(0.0).run()
    assert not at.exception and "the weights must not all be 0" in sentences(at)
    at.number_input(key="law.Multinomial.weight_b").set_value(1.0).run()
    assert not at.exception and not sentences(at)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_opens_and_one_that_fails_says_so(preset):
    at = page()
    at.button(key=f"preset:{preset.name}").click().run()
    assert not at.exception
    assert at.selectbox(key="law").value == type(preset.spec.law).__name__
    assert at.number_input(key="n").value == preset.spec.n
    assert bool(preset.fails) == ("Cure:" in sentences(at))


@pytest.mark.parametrize("law", MULTIVARIATE, ids=lambda cls: cls.__name__)
def test_the_hand_starts_on_what_tells_most_and_moves_to_every_parameter(law):
    at = page(law=law.title)
    picker = f"hand.{law.__name__}"
    assert at.session_state[picker] == spoken(law.lead)
    for path in sweepable(law()):
        at.session_state[picker] = spoken(path)
        assert not at.run().exception
        assert (f"{picker}={quote_plus(spoken(path))}" in at.code[-1].value) == (path != law.lead)


def test_what_the_table_says_is_what_the_engine_computes():
    at = page(law="Dirichlet", seed="3")
    table = estimates(at)
    for each in finish(run(Several(MULTIVARIATE[2](), seed=3))).estimates():
        row = f"| {each.name} | {say(each.value, 5)} | {say(each.truth, 5)} | {say(each.standard_error, 3)} | {say(each.z, 3)} |"
        assert row in table.replace("\\", "")


def test_the_next_seed_changes_the_draws_and_not_the_truth():
    at = page()
    before = estimates(at).splitlines()
    button(at, "Next seed").click().run()
    after = estimates(at).splitlines()
    assert at.number_input(key="seed").value == 2 and before != after
    assert [line.split("|")[3] for line in before] == [line.split("|")[3] for line in after]


def test_reset_goes_back_to_the_defaults():
    at = page(**{"law": "Wishart", "law.Wishart.df": "30", "n": "500"})
    button(at, "Reset").click().run()
    assert not at.exception
    assert (at.selectbox(key="law").value, at.number_input(key="n").value) == ("BivariateNormal", 1000)


def test_the_projector_shows_the_stage_alone_and_a_hidden_control_keeps_its_value():
    at = page(present="1", **{"law.BivariateNormal.rho": "0.3"})
    assert not at.title and not at.number_input and not at.code
    at = page(hide="law.BivariateNormal.rho,n", **{"law.BivariateNormal.rho": "0.3", "n": "77"})
    keys = [each.key for each in at.number_input]
    assert "law.BivariateNormal.rho" not in keys and "n" not in keys and "law.BivariateNormal.mu_x" in keys
    assert "n=77" in at.code[-1].value and "law.BivariateNormal.rho=0.3" in at.code[-1].value


def test_draws_go_to_the_shelf_once_and_json_has_its_limit():
    at = page(law="Dirichlet")
    for _ in range(2):
        button(at, "Put on the shelf").click().run()
    assert not at.exception
    rows = at.session_state["shelf"]["dirichlet draws"].rows
    assert list(at.session_state["shelf"]) == ["dirichlet draws"] and list(rows.columns) == ["a", "b", "c"] and len(rows) == 1000
    assert not at.exception and page(n="1000000").code[-1].value.endswith("n=1000000")


def test_the_settings_file_restores_the_page():
    from pages._ui.controls import read_settings

    spec = Several(MULTIVARIATE[4](df=9.0), n=50, seed=7)
    data = json.dumps({"page": "several", "spec": spec.to_dict()}).encode()
    assert read_settings(data, "several", Several) == spec
    with pytest.raises(ValueError, match="the settings must be of the page limits, got several"):
        read_settings(data, "limits", Several)
