"""The updating page, and the question that stands before the picture there and on the limits page."""

import pytest

from core.distributions.conjugate_pairs import PAIRS
from core.distributions.updating import Updating, numbers, run
from core.distributions.words import say
from core.presets import limits, updating
from core.progress import finish
from tests.ui.test_pages import app, sentences

PAGE = "pages/updating.py"
GUESS = "guess:updating"


def markdown(at) -> str:
    return "\n".join(each.value for each in at.markdown)


def asked(at, key: str):
    return next((each for each in at.button_group if each.key == key), None)


def answer(at, key: str, text: str):
    asked(at, key).set_value(text).run()
    assert not at.exception
    return at


def test_the_numbers_are_those_of_the_engine():
    shown, text = numbers(finish(run(Updating()))), markdown(app(PAGE))
    assert f"**{say(shown['posterior mean'])} ± {say(shown['posterior standard deviation'], 3)}** `Beta(a=39, b=25)`" in text
    assert f"| 95 % interval | **{say(shown['95 % interval, low'], 4)} to {say(shown['95 % interval, high'], 4)}** holds the truth in 95% of all cases" in text
    assert "| truth | **0.7** inside the interval |" in text and f"**{say(shown['log evidence'])}**" in text


@pytest.mark.parametrize("pair", PAIRS, ids=lambda cls: cls.__name__)
def test_every_pair_has_its_fields_and_its_story(pair):
    at = app(PAGE, pair=pair.title)
    assert all(at.number_input(key=f"pair.{pair.__name__}.{path}") for path in pair().leaves())
    assert pair.title in [each.value for each in at.header]


def test_state_comes_from_the_link():
    at = app(PAGE, **{"pair": "GammaPoissonPair", "pair.GammaPoissonPair.events": "9", "n": "33", "seed": "4"})
    assert at.number_input(key="pair.GammaPoissonPair.events").value == 9
    assert all(part in at.code[0].value for part in ("pair=A+rate%3A+gamma+and+Poisson", "pair.GammaPoissonPair.events=9", "n=33", "seed=4"))
    assert "posterior after 33" in markdown(at)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"pair.BetaBinomialPair.share": "2"}, "share must lie in [0, 1], got 2"),
        ({"pair.BetaBinomialPair.a": "inf"}, "a must be a finite number"),
        ({"pair": "Nothing"}, "pair must be one of"),
        ({"n": "100000"}, "n must lie in [1, 1000], got 100000"),
    ],
    ids=str,
)
def test_a_bad_link_gets_a_sentence_and_a_page(query, sentence):
    at = app(PAGE, **query)
    assert sentence in sentences(at) and len(at.code) == 1


@pytest.mark.parametrize("preset", updating.PRESETS, ids=lambda preset: preset.name)
def test_every_preset_opens_and_one_that_fails_says_so(preset):
    at = app(PAGE)
    at.button(key=f"preset:{preset.name}").click().run()
    assert not at.exception
    assert at.selectbox(key="pair").value == type(preset.spec.pair).__name__ and at.number_input(key="n").value == preset.spec.n
    assert bool(preset.fails) == ("Cure:" in sentences(at))


def test_the_projector_shows_the_stage_alone():
    at = app(PAGE, present="1")
    assert not at.title and not at.number_input and not at.code and not asked(at, GUESS) and not at.expander


def test_beliefs_go_to_the_shelf():
    at = app(PAGE, n="20")
    next(button for button in at.button if button.label == "Put on the shelf").click().run()
    (item,) = at.session_state["shelf"].values()
    assert not at.exception and len(item.rows) == 21


# Guess first


@pytest.mark.parametrize(
    ("script", "key", "question"), [(PAGE, GUESS, updating.QUESTION), ("pages/limits.py", "guess:limits", limits.QUESTION)], ids=["updating", "limits"]
)
def test_a_question_is_asked_answered_and_shown(script, key, question):
    at = app(script)
    assert at.expander[0].label == "Guess first" and at.expander[0].proto.expanded and question.text in markdown(at)
    assert not at.success and question.because not in "".join(each.value for each in at.info), "nothing is given away"
    for place, text in enumerate(question.answers):
        answer(at, key, text)
        said = (at.success if place == question.right else at.info)[0].value
        assert said == question.verdict(text) and len(at.success) + len(at.info) == 1
        assert all(at.session_state[path] == value for path, (_, value) in question.preset.spec.leaves().items())
    assert key not in at.code[0].value and "guess" not in at.code[0].value, "an answer is the reader's own: it is not in the link"


def test_an_answer_takes_up_the_experiment():
    at = answer(app(PAGE), GUESS, "1.00")
    assert at.number_input(key="n").value == 10 and at.number_input(key="pair.BetaBinomialPair.a").value == 12
    assert "**0.647059 ± 0.0808**" in markdown(at) and "A stubborn prior" in sentences(at)
    at.button(key="preset:Knowing nothing").click().run()
    assert at.number_input(key="n").value == 40 and at.info[0].value == updating.QUESTION.verdict("1.00"), "the answer stays, the experiment moves on"


def test_who_comes_by_a_link_finds_the_question_closed_and_a_lecturer_may_hide_it():
    assert not app(PAGE, n="20").expander[0].proto.expanded
    assert not app(PAGE, hide="question").expander and app(PAGE, hide="question").number_input(key="n").value == 60
