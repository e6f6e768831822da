"""The Monte Carlo π page: its numbers are the engine's, every preset opens, the ghost stays in the link, a bad link gets a sentence."""

import json

import pytest

from core.distributions.words import say
from core.montecarlo.ball import Ball
from core.montecarlo.darts import Darts
from core.montecarlo.integral import Integral
from core.montecarlo.needle import Needle
from core.montecarlo.pi import QUESTIONS, MonteCarlo, numbers, run
from core.montecarlo.race import Race
from core.montecarlo.repeats import Repeats
from core.presets.monte_carlo import PRESETS, QUESTION
from core.progress import finish
from tests.ui.test_pages import app, sentences
from tests.ui.test_updating_page import answer, asked, markdown

PAGE = "pages/monte_carlo.py"
GUESS = "guess:monte_carlo"
SMALL = {Race: {"question.Race.most": "8", "question.Race.replicates": "64"}}


def press(at, label: str):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


@pytest.mark.parametrize(
    "question", [Darts(n=3000), Repeats(n_repeats=30), Race(most=8, replicates=64), Needle(n=500), Ball(n=2000), Integral(n=500)], ids=repr
)
def test_the_numbers_are_those_of_the_engine(question):
    spec = MonteCarlo(question, 3)
    text = markdown(app(PAGE, **spec.to_query()))
    for name, value in numbers(finish(run(spec))).items():
        assert f"| {name} | **{say(value)}** |" in text


def test_state_comes_from_the_link():
    at = app(PAGE, **{"question": "Buffon's needle", "question.Needle.length": "0.5", "question.Needle.n": "700", "seed": "4"})
    assert at.selectbox(key="question").value == "Needle" and at.number_input(key="question.Needle.length").value == 0.5
    assert all(part in at.code[0].value for part in ("question.Needle.length=0.5", "question.Needle.n=700", "seed=4"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"question.Darts.n": "0"}, "n must lie in [1, 20000000], got 0"),
        ({"question.Darts.generator": "by hand"}, "generator must be one of"),
        ({"question": "Nothing"}, "question must be one of"),
        ({"question": "Ball in d dimensions", "question.Ball.d": "99"}, "d must lie in [2, 20], got 99"),
        ({"question": "Any integral", "question.Integral.f": "__import__('os')"}, "f must use x, y, z, numbers and the listed functions, got"),
        ({"question": "Any integral", "question.Integral.f": "sqrt(x - 2)"}, "f must have a value all over the box, got nan"),
        ({"question": "Any integral", "question.Integral.x_low": "5"}, "x_low must lie below x_high, got 5 and 1"),
        ({"seed": "-1"}, "seed must lie in"),
        ({"ghost": "{"}, "ghost must be a part written by this page"),
        ({"ghost": '{"type":"Normal"}'}, "MonteCarlo"),
    ],
    ids=str,
)
def test_a_bad_link_gets_a_sentence_and_a_page(query, sentence):
    at = app(PAGE, **query)
    assert sentence in sentences(at) and len(at.code) == 1


@pytest.mark.parametrize("preset", [each for each in PRESETS if not isinstance(each.spec.question, Race)], ids=lambda preset: preset.name)
def test_every_preset_opens_and_one_that_fails_says_so(preset):
    at = app(PAGE, **{"question.Darts.n": "1000"})
    at.button(key=f"preset:{preset.name}").click().run()
    assert not at.exception and at.selectbox(key="question").value == type(preset.spec.question).__name__
    assert at.number_input(key=f"question.{type(preset.spec.question).__name__}.n").value == preset.spec.question.n
    assert bool(preset.fails) == ("Cure:" in sentences(at))


def test_a_typed_formula_is_integrated_and_only_the_sides_of_its_box_are_asked_for():
    at = app(PAGE, question="Any integral", **{"question.Integral.n": "2000"})
    assert not [each for each in at.number_input if each.label.startswith(("y ", "z "))]
    at.number_input(key="question.Integral.d").set_value(2).run()
    at.text_input(key="question.Integral.f").set_value("x  y^2").run()
    assert not at.exception and [each.label for each in at.number_input if each.label.startswith(("y ", "z "))] == ["y from", "y to"]
    at.number_input(key="question.Integral.y_high").set_value(3.0).run()
    spec = MonteCarlo(Integral(f="x y^2", d=2, y_high=3.0, n=2000))
    assert f"| estimate | **{say(numbers(finish(run(spec)))['estimate'])}** |" in markdown(at) and "| truth | **4.5** |" in markdown(at)
    at.text_input(key="question.Integral.f").set_value("x / (y").run()
    assert not at.exception and "f must" in sentences(at)


def test_one_click_goes_to_a_hundredth():
    at = press(app(PAGE, **{"question.Darts.n": "2000"}), "To a standard error of 0.01")
    assert any(f"| standard error | **{start}" in markdown(at) for start in ("0.0099", "0.0100"))
    assert "| darts | **27000** |" in markdown(at)


def test_the_next_seed_changes_the_estimate():
    at = app(PAGE, **{"question.Darts.n": "1000"})
    before = markdown(at)
    after = markdown(press(at, "Next seed"))
    assert before != after and "| darts | **1000** |" in after


def test_the_ghost_is_kept_compared_and_dropped():
    at = press(app(PAGE, **{"question.Darts.n": "1000"}), "Keep as ghost")
    assert "ghost=" in at.code[0].value and "estimate **+0**" in markdown(at)
    press(at, "Next seed")
    gap = finish(run(MonteCarlo(Darts(n=1000), 2))).found().value - finish(run(MonteCarlo(Darts(n=1000), 1))).found().value
    assert f"estimate **{gap:+.4g}**" in markdown(at)
    at.selectbox(key="question").set_value("Repeats").run()
    assert not at.exception and "asks another question" in markdown(at)
    assert "ghost=" not in press(at, "Drop the ghost").code[0].value


def test_a_ghost_from_the_link_is_shown():
    at = app(PAGE, **{"question.Darts.n": "1000", "ghost": json.dumps(MonteCarlo(Darts(n=500, generator="sobol"), 9).to_dict())})
    assert "Now minus ghost" in markdown(at) and "sobol" in markdown(at) and not sentences(at)


def test_the_question_is_asked_answered_and_shown():
    at = app(PAGE)
    assert asked(at, GUESS) and QUESTION.because not in markdown(at)
    answer(at, GUESS, QUESTION.answers[QUESTION.right])
    assert at.success[0].value == QUESTION.verdict(QUESTION.answers[QUESTION.right]) and "| darts | **2.7e+06** |" in markdown(at)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda cls: cls.__name__)
def test_the_projector_shows_the_stage_alone(question):
    at = app(PAGE, present="1", question=question.title, **SMALL.get(question, {}))
    assert not at.title and not at.number_input and not at.code and not asked(at, GUESS) and not at.button


def test_estimates_go_to_the_shelf():
    at = press(app(PAGE, **{"question.Darts.n": "1000"}), "Put on the shelf")
    (item,) = at.session_state["shelf"].values()
    assert list(item.rows) == ["darts", "estimate", "standard error", "low", "high"] and item.rows["darts"].iloc[-1] == 1000
