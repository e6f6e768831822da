"""The page that compares two laws: its state, its numbers, its failures, and where the hand lets go."""

import pytest

from core.distributions.pair import Pair, numbers, run
from core.distributions.words import say
from core.presets.pair import PRESETS
from core.progress import finish
from tests.ui.test_pages import app, sentences

PAGE = "pages/compare.py"


def table(at) -> str:
    return next((each.value for each in at.markdown if "from draws" in each.value and "|" in each.value), "")


def press(at, label: str):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def test_the_numbers_are_those_of_the_engine():
    at = app(PAGE)
    result = finish(run(Pair()))
    for each in result.checks:
        assert f"| {each.name} | **{say(each.truth)}** | {say(each.value, 4)} | {say(each.standard_error, 2)} | {say(each.z, 3)} |" in table(at)
    assert any("69.5%" in each.value for each in at.markdown), "the best guess"
    assert any(r"\frac{\sigma_q}{\sigma_p}" in each.value for each in at.latex) and any("0.443147" in each.value for each in at.latex)


def test_state_comes_from_the_link():
    at = app(PAGE, **{"p": "Gamma", "p.Gamma.shape": "3.5", "q": "Log-normal", "n": "500", "seed": "7", "hand.Gamma.LogNormal": "p: rate"})
    assert at.number_input(key="p.Gamma.shape").value == 3.5 and at.selectbox(key="q").value == "LogNormal"
    assert all(part in at.code[0].value for part in ("p=Gamma", "p.Gamma.shape=3.5", "q=Log-normal", "n=500", "seed=7", "hand.Gamma.LogNormal=p%3A+rate"))
    assert not at.latex and "from 500 draws" in " ".join(each.value for each in at.markdown)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"p.Normal.mu": "nan"}, "mu must be a finite number"),
        ({"q.Normal.sigma": "-1"}, "sigma must lie in [1e-12, 1e+12], got -1"),
        ({"p": "Nothing"}, "p must be one of"),
        ({"n": "1"}, "n must lie in [2, 1000000], got 1"),
        ({"p": "Pareto", "p.Pareto.shape": "0.001"}, "dist must lie within the range of a double"),
        ({"hand.Normal.Normal": "<b>"}, ""),
    ],
    ids=str,
)
def test_a_bad_link_gets_a_sentence_and_a_page(query, sentence):
    at = app(PAGE, **query)
    assert sentence in sentences(at) and len(at.code) == 1


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_opens_and_one_that_fails_says_so(preset):
    at = app(PAGE)
    at.button(key=f"preset:{preset.name}").click().run()
    assert not at.exception
    assert at.selectbox(key="p").value == type(preset.spec.p).__name__ and at.selectbox(key="q").value == type(preset.spec.q).__name__
    assert bool(preset.fails) == ("Cure:" in sentences(at))


def test_swapping_turns_the_pair_round():
    at = press(app(PAGE), "Swap p and q")
    assert (at.number_input(key="p.Normal.mu").value, at.number_input(key="p.Normal.sigma").value) == (1, 2)
    assert (at.number_input(key="q.Normal.mu").value, at.number_input(key="q.Normal.sigma").value) == (0, 1)
    assert "| KL(p‖q) | **1.30685** |" in table(at)


def test_swapping_two_families_keeps_their_settings():
    at = press(app(PAGE, **{"p": "Gamma", "p.Gamma.shape": "3.5", "q": "Exponential"}), "Swap p and q")
    assert at.selectbox(key="p").value == "Exponential" and at.number_input(key="q.Gamma.shape").value == 3.5


def test_two_kinds_of_law_get_their_sentence_and_no_numbers():
    at = app(PAGE, p="Poisson")
    assert "both laws must be discrete, or both have a density" in sentences(at).replace("Both", "both") and not table(at)


def test_the_next_seed_changes_the_draws_and_not_the_truth():
    at = app(PAGE)
    before = table(at).splitlines()[2].split("|")
    after = table(press(at, "Next seed")).splitlines()[2].split("|")
    assert before[2] == after[2] and before[3] != after[3]


def test_reset_goes_back_to_the_defaults_of_a_field_that_the_link_had_set():
    at = press(app(PAGE, **{"q.Normal.mu": "3", "n": "500"}), "Reset")
    assert at.number_input(key="q.Normal.mu").value == 1 and at.number_input(key="n").value == 10_000
    assert "q.Normal.mu" not in at.code[0].value


def test_the_projector_shows_the_stage_alone():
    at = app(PAGE, present="1", **{"q.Normal.mu": "2"})
    assert not at.title and not at.number_input and not at.code and not at.button


def test_draws_go_to_the_shelf():
    at = press(app(PAGE, n="300"), "Put on the shelf")
    (item,) = at.session_state["shelf"].values()
    assert len(item.rows) == 600 and set(item.rows["law"]) == {"p", "q"}
    assert numbers(finish(run(Pair(n=300))))["KL(p‖q)"] == pytest.approx(0.443147, abs=1e-6)
