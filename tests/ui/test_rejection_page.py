"""The rejection page: its numbers are the engine's, every preset opens, hands and ghosts work, a bad link or formula gets a sentence."""

import json

import pytest

from core.distributions.words import say
from core.montecarlo.envelopes import Constant, Gaussian, Piecewise, Student, Tangents
from core.montecarlo.rejection import Rejection, failure, numbers, run
from core.montecarlo.rejection_cost import Cost
from core.presets.rejection import DIMENSIONS, PRESETS, QUESTION
from core.progress import finish
from core.targets import FAMILY, Banana, Hills, Painted
from pages._ui import controls
from pages._ui import rejection as hands
from tests.ui.test_pages import app, sentences
from tests.ui.test_updating_page import answer, asked, markdown

PAGE = "pages/rejection.py"
GUESS = "guess:rejection"
SPECS = [
    Rejection(n=500),
    Rejection(envelope=Student(df=2.0), n=500, what="mass"),
    Rejection(target=Hills(), envelope=Piecewise("hand", "constant", -4.0, 5.0, (1.0, 2.0, 2.0)), n=500, squeeze=True),
    Rejection(target=Hills(), envelope=Tangents(), n=500, squeeze=True),
    Rejection(target=Banana(), envelope=Student(), n=500, seed=5),
    Rejection(bound="typed", m=2.5, n=500),
]


def press(at, label: str):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def done(spec):
    return finish(run(spec))


@pytest.mark.parametrize("spec", SPECS, ids=repr)
def test_the_numbers_are_those_of_the_engine(spec):
    at = app(PAGE, **spec.to_query())
    text, trouble = markdown(at), failure(done(spec))
    for name, value in numbers(done(spec)).items():
        assert f"| {name} | **{say(value)}** |" in text
    assert (f"**{trouble.name}.**" in sentences(at) and trouble.cure in sentences(at)) if trouble else not sentences(at)
    assert all(f"{path}=" in at.code[0].value for path in spec.to_query())


def test_the_numbers_of_the_cost_are_those_of_the_engine():
    text = markdown(app(PAGE, show=DIMENSIONS, n="2000", d="5"))
    for name, value in numbers(done(Cost(n=2000, d=5))).items():
        assert f"| {name} | **{say(value)}** |" in text


@pytest.mark.parametrize("target", FAMILY, ids=lambda cls: cls.__name__)
def test_every_target_of_the_menu_opens(target):
    at = app(PAGE, target=target.title, n="300")
    assert at.selectbox(key="target").value == target.__name__ and "| darts | **300** |" in markdown(at)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"n": "0"}, "n must lie in [1, 2000000], got 0"),
        ({"m": "-1"}, "m must lie in"),
        ({"target": "Nothing"}, "target must be one of"),
        ({"envelope": "Constant", "envelope.Constant.place": "by hand", "envelope.Constant.low": "9"}, "high must lie above low = 9"),
        ({"target": "Banana", "envelope": "Piecewise"}, "envelope must stand in the plane, got Piecewise"),
        ({"target": "Banana", "envelope": "Tangents, adaptive"}, "envelope must stand in the plane, got Tangents, adaptive"),
        ({"target": "Typed formula", "target.Typed.text": "__import__('os')"}, " must "),
        ({"target": "Typed formula", "target.Typed.text": "x - 2"}, "negative"),
        ({"target": "Typed formula", "target.Typed.text": "1/x^2"}, "infinity"),
        ({"ghost": "{"}, "ghost must be a part written by this page"),
        ({"ghost": '{"type":"Normal"}'}, "Rejection"),
        ({"ghost": '{"type":"Cost"}'}, ""),
        ({"show": "<script>"}, ""),
    ],
    ids=str,
)
def test_a_bad_link_gets_a_sentence_and_a_page(query, sentence):
    at = app(PAGE, **query)
    assert sentence in sentences(at) and len(at.code) == 1 and "| darts |" in markdown(at)


@pytest.mark.parametrize("text", ["__import__('os').system('ls')", "x.__class__", "sin(x)", "0*x", "1/(x-1)^2", "((((", "exp(1000)*x^99999", "9**9**9**9"])
def test_a_hostile_formula_leaves_the_last_good_picture(text):
    at = app(PAGE, n="300")
    at.text_input(key="target.Typed.text").set_value(text).run()
    assert not at.exception and " must " in sentences(at) and "| mass of the target, Z | **1.76831** |" in markdown(at)
    at.text_input(key="target.Typed.text").set_value("2*exp(-x^2)").run()
    assert not at.exception and " must " not in sentences(at) and "| mass of the target, Z | **1.76831** |" not in markdown(at)


@pytest.mark.parametrize("envelope", ["Constant", "Scaled Gaussian", "Scaled Student", "Piecewise"])
def test_a_target_far_from_0_opens(envelope):
    at = app(PAGE, target="A law of the zoo", n="300", envelope=envelope, **{"target.Law.law.Normal.mu": "54321"})
    assert not at.exception and "| truth | **54321** |" in markdown(at) and not sentences(at)


@pytest.mark.parametrize("what", ["mean of x", "mass under the curve"])
def test_a_box_beside_the_target_opens_keeps_nothing_and_says_so(what):
    hand = {"envelope.Constant.place": "by hand", "envelope.Constant.low": "10", "envelope.Constant.high": "20"}
    at = app(PAGE, n="300", what=what, **hand)
    assert not at.exception and "| accepted | **0** |" in markdown(at) and "The envelope lies beside the target" in sentences(at)


def test_where_a_squeeze_is_not_sure_the_page_says_so():
    at = app(PAGE, n="300", target="Typed formula", squeeze="true", **{"target.Typed.text": "abs(sin(200 x))"})
    assert not at.exception and any("nothing is known that lies below this target" in each.value for each in at.info)
    assert "| looks saved by the squeeze | **0** |" in markdown(at)


def test_an_m_beyond_a_double_opens():
    hand = {"envelope.Gaussian.place": "by hand", "envelope.Gaussian.centre": "40", "envelope.Gaussian.width": "1"}
    at = app(PAGE, n="300", envelope="Scaled Gaussian", what="mass under the curve", **hand)
    assert not at.exception and "| M | **infinite** |" in markdown(at) and "Nearly every dart is wasted" in sentences(at)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_opens_and_one_that_fails_says_so(preset):
    at = app(PAGE, n="300")
    at.button(key=f"preset:{preset.name}").click().run()
    assert not at.exception and bool(preset.fails) == ("Cure:" in sentences(at))
    for name, value in numbers(done(preset.spec)).items():
        assert f"| {name} | **{say(value)}** |" in markdown(at)


def test_from_darts_to_dimensions_and_back():
    at = app(PAGE, n="300")
    at.button(key="preset:Twenty dimensions").click().run()
    assert "| dimensions | **20** |" in markdown(at)
    at.button(key="preset:Two hills in a box").click().run()
    assert not at.exception and "| darts | **5000** |" in markdown(at) and "| dimensions |" not in markdown(at)


def test_controls_that_have_nothing_to_say_are_left_out():
    at = app(PAGE, n="300")
    keys = {each.key for each in (*at.number_input, *at.selectbox)}
    assert not keys & {"m", "envelope.Constant.low", "envelope.Constant.low_y"}
    at.selectbox(key="envelope.Constant.place").set_value("hand").run()
    at.selectbox(key="bound").set_value("typed").run()
    keys = {each.key for each in at.number_input}
    assert {"m", "envelope.Constant.low", "envelope.Constant.high"} <= keys and "envelope.Constant.low_y" not in keys
    at.selectbox(key="target").set_value("Banana").run()
    assert not at.exception and "envelope.Constant.low_y" in {each.key for each in at.number_input}


def test_one_click_fits_the_envelope():
    at = app(PAGE, n="300", **{"bound": "typed", "m": "2.5", "envelope.Constant.place": "by hand", "envelope.Constant.high": "3"})
    assert "Cure:" in sentences(at)
    press(at, "Fit the envelope")
    assert "Cure:" not in sentences(at) and at.selectbox(key="bound").value == "found" and "| M | **4.90026** |" in markdown(at)


def test_the_next_seed_changes_the_estimate_and_not_the_truth():
    at = app(PAGE, n="300")
    before = markdown(at)
    after = markdown(press(at, "Next seed"))
    assert before != after and "| truth | **2.09793** |" in before and "| truth | **2.09793** |" in after


def test_the_ghost_is_kept_compared_and_dropped():
    at = press(app(PAGE, n="1000"), "Keep as ghost")
    assert "ghost=" in at.code[0].value and "estimate **+0**" in markdown(at)
    press(at, "Next seed")
    now, then = (done(Rejection(n=1000, seed=seed)) for seed in (2, 1))
    assert f"estimate **{now.estimate - then.estimate:+.4g}**" in markdown(at)
    assert f"share kept **{now.acceptance().value - then.acceptance().value:+.2%}**" in markdown(at)
    at.selectbox(key="what").set_value("mass").run()
    assert not at.exception and "estimates something else" in markdown(at)
    assert "ghost=" not in press(at, "Drop the ghost").code[0].value


def test_a_ghost_from_the_link_is_shown():
    at = app(PAGE, n="1000", ghost=json.dumps(Rejection(envelope=Gaussian(), n=500).to_dict()))
    assert "Now minus ghost" in markdown(at) and "Gaussian" in markdown(at) and not sentences(at)
    at = app(PAGE, show=DIMENSIONS, n="1000", ghost=json.dumps(Cost(n=2000).to_dict()))
    assert "Now minus ghost" in markdown(at) and not sentences(at).replace("Cure:", "").startswith("ghost")


def test_the_question_is_asked_answered_and_shown():
    at = app(PAGE)
    assert asked(at, GUESS) and QUESTION.because not in markdown(at)
    answer(at, GUESS, QUESTION.answers[QUESTION.right])
    assert at.success[0].value == QUESTION.verdict(QUESTION.answers[QUESTION.right]) and "| dimensions | **20** |" in markdown(at)


@pytest.mark.parametrize("query", [{"n": "300"}, {"show": DIMENSIONS, "n": "1000"}, {"target": "Painted in the plane", "n": "300"}], ids=str)
def test_the_projector_shows_the_stage_alone(query):
    at = app(PAGE, present="1", **query)
    assert not at.title and not at.number_input and not at.code and not asked(at, GUESS) and not at.button


def test_accepted_draws_go_to_the_shelf():
    at = press(app(PAGE, n="1000"), "Put on the shelf")
    (item,) = at.session_state["shelf"].values()
    assert list(item.rows) == ["x"] and len(item.rows) == len(done(Rejection(n=1000)).accepted)


# What the hand does


@pytest.fixture
def put(monkeypatch):
    kept = []
    monkeypatch.setattr(controls, "put", kept.append)
    return kept


def test_a_handle_on_the_stage_becomes_a_setting(put):
    let_go = hands.moved(done(Rejection()), False)["on_hand"]
    let_go({"kind": "handle", "name": "envelope:top", "x": 1.5, "y": 0.4})
    let_go({"kind": "handle", "name": "envelope:high", "x": 4.0, "y": 0.0})
    assert (put[0].bound, put[0].m) == ("typed", 2.8) and put[1].envelope == Constant("hand", -2.0, 4.0)


@pytest.mark.parametrize(
    "hand",
    [
        {},
        {"kind": "handle", "name": "envelope:top", "x": "1", "y": 0.4},
        {"kind": "handle", "name": "envelope:top", "x": float("nan"), "y": 0.4},
        {"kind": "handle", "name": 7, "x": 1, "y": 1},
        {"kind": "handle", "name": "envelope:height.9", "x": 1, "y": 1},
        {"kind": "handle", "name": "seed", "x": 1, "y": 1},
        {"kind": "paint", "panel": 0, "xs": [1], "ys": ["<b>"]},
    ],
    ids=str,
)
def test_what_a_browser_should_not_send_changes_nothing(put, hand):
    hands.moved(done(Rejection()), False)["on_hand"](hand)
    assert all(spec.replace(envelope=Constant()) == Rejection() for spec in put)


def test_hills_are_dragged_and_curves_painted(put):
    hills = done(Rejection(target=Hills()))
    name = next(iter(each for each in _handles(hills)))
    hands.moved(hills, False)["on_hand"]({"kind": "handle", "name": name, "x": -2.0, "y": 0.2})
    painted = done(Rejection(target=Painted()))
    assert hands.moved(painted, False)["paints"] and not hands.moved(done(Rejection()), False)["paints"]
    hands.moved(painted, False)["on_hand"]({"kind": "paint", "panel": 0, "xs": [-1.0, 0.0, 1.0], "ys": [0.9, 0.9, 0.9]})
    assert put[0].target.parts[0].centre == pytest.approx(-2, abs=0.01) and put[1].target != Painted()
    assert all(failure(done(spec)) is None for spec in put)


def _handles(result):
    from core.reels.rejection import rejection

    return [each.name for each in rejection(result).handles if each.name.startswith("target:")]


def test_the_slider_of_d_rests_in_its_field(monkeypatch):
    state = {}
    monkeypatch.setattr(hands.st, "session_state", state)
    moved = hands.moved(done(Cost(n=1000)), False)
    moved["on_hand"]({"value": 7.0})
    moved["on_hand"]({"value": 99})
    assert state == {"d": 7} and moved["cursor"] == 20
