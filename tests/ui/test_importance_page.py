"""The importance page: its numbers are the engine's, every preset opens, the ghost stays in the link, a bad link gets a sentence."""

import json

import pytest

from core.distributions import Normal
from core.distributions.words import say
from core.montecarlo.importance import Importance, numbers, run
from core.montecarlo.importance_coverage import Coverage, check
from core.montecarlo.importance_dimension import Dimension
from core.montecarlo.importance_expectation import Expectation
from core.montecarlo.pareto import verdict
from core.montecarlo.rare import Rare
from core.montecarlo.resampling import Resample
from core.presets.importance import PRESETS, QUESTION
from core.progress import finish
from core.targets.typed import Typed
from tests.ui.test_monte_carlo_page import press
from tests.ui.test_pages import app, sentences
from tests.ui.test_updating_page import answer, asked, markdown

PAGE = "pages/importance.py"
GUESS = "guess:importance"
SMALL = [
    Expectation(n=500, reported="normalised"),
    Expectation(target=Typed(), f="x", n=500),
    Coverage(n=50, n_repeats=30),
    Resample(n=200, m=100, method="systematic"),
    Rare(n=200, t=3.5, method="tilted"),
    Dimension(n=200, d=7),
]


@pytest.mark.parametrize("question", SMALL, ids=repr)
def test_the_numbers_are_those_of_the_engine(question):
    spec = Importance(question, 3)
    text = markdown(app(PAGE, **spec.to_query()))
    for name, value in numbers(finish(run(spec))).items():
        assert f"| {name} | **{say(value)}** |" in text


def test_the_page_says_what_the_weights_are_worth_and_how_often_such_intervals_hold():
    spec = Expectation(proposal=Normal(2.0, 1.0))
    at = app(PAGE, **Importance(spec).to_query())
    result, covered = finish(run(Importance(spec))), finish(check(spec).run(1)).found()
    assert verdict(result.smoothed.k, 1000) in markdown(at)
    assert f"held the truth in **{covered.value:.1%}**" in markdown(at) and covered.value < 0.65
    assert "The error bar lies" in sentences(at) and "393" in sentences(at)


def test_the_intervals_are_one_press_away():
    at = press(app(PAGE, **Importance(Expectation(proposal=Normal(2.0, 1.0), n=300)).to_query()), "See the intervals")
    assert at.selectbox(key="question").value == "Coverage" and at.number_input(key="question.Coverage.n").value == 300
    assert at.number_input(key="question.Coverage.proposal.Normal.mu").value == 2.0


def test_state_comes_from_the_link():
    at = app(PAGE, **{"question": "Rare event", "question.Rare.t": "5", "question.Rare.n": "700", "seed": "4"})
    assert at.selectbox(key="question").value == "Rare" and at.number_input(key="question.Rare.t").value == 5
    assert all(part in at.code[0].value for part in ("question.Rare.t=5", "question.Rare.n=700", "seed=4"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"question.Expectation.n": "0"}, "n must lie in [2, 2000000], got 0"),
        ({"question.Expectation.f": "__import__('os')"}, "f must use x"),
        ({"question.Expectation.f": "log(x)"}, "f must have a value wherever the target has mass"),
        ({"question.Expectation.target": "Typed formula", "question.Expectation.target.Typed.text": "x"}, "density must not be negative"),
        ({"question.Expectation.reported": "both"}, "reported must be one of"),
        ({"question.Expectation.proposal": "Poisson"}, "proposal must be one of"),
        ({"question": "Rare event", "question.Rare.t": "60"}, "t must have a probability beyond it"),
        ({"question": "Nothing"}, "question must be one of"),
        ({"question": "Dimension", "question.Dimension.d": "99"}, "d must lie in [1, 60], got 99"),
        ({"ghost": "{"}, "ghost must be a part written by this page"),
        ({"ghost": '{"type":"Normal"}'}, "Importance"),
    ],
    ids=str,
)
def test_a_bad_link_gets_a_sentence_and_a_page(query, sentence):
    at = app(PAGE, **query)
    assert sentence in sentences(at) and len(at.code) == 1


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_opens_and_one_that_fails_says_so(preset):
    at = app(PAGE, **{"question.Expectation.n": "100"})
    at.button(key=f"preset:{preset.name}").click().run()
    assert not at.exception and at.selectbox(key="question").value == type(preset.spec.question).__name__
    assert bool(preset.fails) == ("Cure:" in sentences(at))


def test_an_answer_to_the_question_takes_up_its_experiment():
    at = answer(app(PAGE), GUESS, QUESTION.answers[QUESTION.right])
    assert not at.exception and asked(at, GUESS).value == QUESTION.answers[QUESTION.right]
    assert at.success and at.number_input(key="question.Expectation.proposal.Normal.mu").value == 2.0
    at = answer(app(PAGE), GUESS, QUESTION.answers[0])
    assert f"Not {QUESTION.answers[0]}" in at.info[0].value


def test_the_ghost_is_kept_compared_and_dropped():
    at = press(app(PAGE, **{"question.Expectation.n": "500"}), "Keep as ghost")
    at.number_input(key="seed").set_value(9).run()
    assert any("Now minus ghost" in each.value and "estimate **" in each.value for each in at.markdown) and "ghost=" in at.code[0].value
    press(at, "Drop the ghost")
    assert "ghost=" not in at.code[0].value


def test_a_ghost_of_another_question_says_so():
    kept = json.dumps(Importance(Rare(n=200)).to_dict())
    assert "asks another question" in markdown(app(PAGE, ghost=kept, **{"question.Expectation.n": "100"}))


def test_the_projector_shows_the_stage_alone():
    at = app(PAGE, present="1", **{"question.Expectation.n": "100"})
    assert not at.title and not at.number_input and not at.code


def test_rows_go_to_the_shelf():
    at = press(app(PAGE, **{"question.Expectation.n": "100"}), "Put on the shelf")
    item = at.session_state["shelf"]["expectation draws"]
    assert len(item.rows) == 100 and list(item.rows) == ["x", "log weight", "share", "f"]


def test_a_target_that_its_window_cuts_says_so():
    spec = Importance(Expectation(target=Typed("exp(-x^2/2)", -1.0, 1.0), f="x", n=100))
    assert any("still 61" in each.value.replace("\\", "") for each in app(PAGE, **spec.to_query()).caption)


def test_every_next_seed_draws_anew():
    at = app(PAGE, **{"question.Expectation.n": "100"})
    before = markdown(at)
    assert markdown(press(at, "Next seed")) != before and at.number_input(key="seed").value == 2
