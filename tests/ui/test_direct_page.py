"""The page of direct sampling: its numbers are the engine's, every preset opens, models are picked, edited, linked, and each mistake has its sentence."""

import json

import pytest

from core.distributions.words import say
from core.montecarlo.ancestral import NET, Ancestral
from core.montecarlo.box_muller import BoxMuller
from core.montecarlo.composition import Composition, GammaPoisson
from core.montecarlo.direct import QUESTIONS, Direct, run
from core.montecarlo.inverse import Inverse
from core.montecarlo.nets.examples import ASIA, EXAM, SPRINKLER
from core.montecarlo.nets.net import Net
from core.montecarlo.nets.node import Node
from core.presets.direct import PRESETS, QUESTION
from core.progress import finish
from tests.ui.test_pages import app, sentences
from tests.ui.test_updating_page import answer, asked, markdown

PAGE = "pages/direct.py"
GUESS = "guess:direct"
FLOW = {"question": "Ancestral sampling", "question.Ancestral.n": "300"}
NET_PATH, GIVEN, ASKED = (f"question.Ancestral.{name}" for name in ("net", "given", "asked"))


def press(at, label: str):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def labelled(widgets, label: str):
    return next(each for each in widgets if each.label == label)


def linked(at) -> dict[str, str]:
    return {name: value if isinstance(value, str) else value[0] for name, value in at.query_params.items()}


def net_of(at) -> Net:
    return NET.parse("net", linked(at)[NET_PATH]) if NET_PATH in at.query_params else SPRINKLER


def node(at, name: str):
    """Open the editor at a node."""
    labelled(at.selectbox, "Node").set_value(name).run()
    assert not at.exception
    return at


@pytest.mark.parametrize(
    "question",
    [
        Inverse(n=200),
        BoxMuller("polar", n=300),
        Composition(GammaPoisson(), n=200),
        Ancestral(n=200),
        Ancestral(EXAM, "Letter = A", "Talent", "weighting", 400),
    ],
    ids=lambda question: question.title,
)
def test_the_numbers_are_those_of_the_engine(question):
    spec = Direct(question, 3)
    text, result = markdown(app(PAGE, **spec.to_query())).replace("\\", ""), finish(run(spec))
    for name, value in result.numbers().items():
        assert f"| {name} | **{say(value)}** |" in text
    for name, each in result.checks().items():
        assert f"| {name} | {say(each.value, 4)} | {say(each.truth, 4)} | {say(each.standard_error, 2)} | {say(each.z, 3)} |" in text


def test_state_comes_from_the_link():
    at = app(PAGE, **FLOW, **{NET_PATH: "clinic", GIVEN: "Smoker = yes", ASKED: "X-ray = yes", "seed": "4"})
    assert labelled(at.selectbox, "Model").value == "Chest clinic (Asia)" and labelled(at.selectbox, "Asked for").value == "X-ray = yes"
    assert labelled(at.multiselect, "What is known").value == ["Smoker = yes"]
    assert all(part in at.code[0].value for part in ("net=clinic", "given=Smoker+%3D+yes", "asked=X-ray+%3D+yes", "seed=4"))
    assert "P(X\\-ray \\= yes | Smoker \\= yes)".replace("\\", "") in markdown(at).replace("\\", "")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"question.Inverse.n": "0"}, "n must lie in [1, 200000], got 0"),
        ({"question": "Nothing"}, "question must be one of"),
        ({"question": "Box-Muller", "question.BoxMuller.source": "mine"}, "source must be one of"),
        ({**FLOW, NET_PATH: "nowhere"}, "net must be a model: one of sprinkler, clinic, alarm, exam"),
        ({**FLOW, NET_PATH: '[["A","states","yes, no","",[0.5,0.6]]]'}, "probabilities of A must lie in [0, 1] and add to 1"),
        ({**FLOW, NET_PATH: '[["A","states","yes, no","A",[0.5,0.5,0.5,0.5]]]'}, "arrows must not lead back to where they began, got A → A"),
        ({**FLOW, GIVEN: "Snow = yes"}, "given must name a node, got Snow"),
        ({**FLOW, ASKED: "Snow"}, "asked must name a node, got Snow"),
        ({"ghost": "{"}, "ghost must be an experiment written by this page"),
        ({"ghost": '{"type":"Normal"}'}, "ghost must be an experiment written by this page, got type"),
        ({"ghost": '{"seed":"-4"}'}, "seed must lie in"),
        ({"ghost": "[]"}, "ghost must be an experiment written by this page"),
    ],
    ids=str,
)
def test_a_bad_link_gets_a_sentence_and_a_page(query, sentence):
    at = app(PAGE, **query)
    assert sentence in sentences(at) and len(at.code) == 1


def test_a_hidden_value_beyond_the_knobs_of_its_law_opens_a_page():
    at = app(PAGE, **Direct(Composition(GammaPoisson(0.05, 1.0), n=50)).to_query())
    assert not at.exception and "mean of the rate of the count" in markdown(at)


def test_what_is_too_unlikely_for_a_float_is_shown_by_its_logarithm():
    at = app(PAGE, **Direct(Ancestral(EXAM, "Score = 1000", "Talent", "weighting", 100)).to_query())
    assert not at.exception and "log probability of what is known" in markdown(at) and "Cure:" in sentences(at)


def test_every_preset_opens_after_any_other_and_one_that_fails_says_so():
    """Also those that share a model: what one knew and asked for does not stay for the next."""
    at = app(PAGE, **{"question.Inverse.n": "50"})
    for preset in (*PRESETS, *PRESETS[::-3]):
        at.button(key=f"preset:{preset.name}").click().run()
        kind = type(preset.spec.question).__name__
        assert not at.exception and at.selectbox(key="question").value == kind, preset.name
        assert at.number_input(key=f"question.{kind}.n").value == preset.spec.question.n and bool(preset.fails) == ("Cure:" in sentences(at)), preset.name
        assert Direct.from_query(linked(at))[0] == preset.spec, f"the URL holds {preset.name}, model and evidence included"


def test_a_model_is_picked_from_the_menu_and_what_was_known_goes():
    at = app(PAGE, **FLOW, **{GIVEN: "Rain = yes", ASKED: "Sprinkler = on"})
    labelled(at.selectbox, "Model").set_value("Burglar alarm").run()
    assert not at.exception and not at.warning and linked(at)[NET_PATH] == "alarm" and GIVEN not in at.query_params and ASKED not in at.query_params
    labelled(at.selectbox, "Model").set_value("Sprinkler").run()
    assert NET_PATH not in at.query_params


def test_evidence_is_chosen_and_two_states_of_a_node_get_a_sentence():
    at = app(PAGE, **FLOW)
    labelled(at.multiselect, "What is known").set_value(["Wet grass = yes"]).run()
    assert linked(at)[GIVEN] == "Wet grass = yes" and "probability of what is known" in markdown(at)
    labelled(at.selectbox, "Asked for").set_value("Cloudy = no").run()
    assert linked(at)[ASKED] == "Cloudy = no" and "P(Cloudy \\= no | Wet grass \\= yes)".replace("\\", "") in markdown(at).replace("\\", "")
    labelled(at.multiselect, "What is known").set_value(["Wet grass = yes", "Wet grass = no"]).run()
    assert not at.exception and "once a node" in sentences(at)
    labelled(at.multiselect, "What is known").set_value([]).run()
    assert not at.warning and GIVEN not in at.query_params


def test_nodes_are_renamed_added_changed_and_removed():
    at = node(app(PAGE, **FLOW), "Rain")
    labelled(at.text_input, "Name").set_value("Shower").run()
    assert net_of(at).names == ("Cloudy", "Sprinkler", "Shower", "Wet grass") and "P(Shower" in markdown(at).replace("\\", "")
    assert labelled(at.selectbox, "Model").value == "A model of your own" and labelled(at.selectbox, "Node").value == "Shower"
    press(at, "Add a node")
    assert labelled(at.selectbox, "Node").value == "Node 1" and net_of(at).nodes[-1] == Node("Node 1")
    labelled(at.selectbox, "It is").set_value("number").run()
    labelled(at.multiselect, "Parents").set_value(["Shower"]).run()
    assert net_of(at).nodes[-1] == Node("Node 1", "number", "yes, no", "Shower", (0, 1, 0, 1)) and "mean of Node 1" in markdown(at)
    press(at, "Remove this node")
    assert len(net_of(at).nodes) == 4
    at = node(at, "Cloudy")
    labelled(at.text_input, "States").set_value("clear, mixed, grey").run()
    assert net_of(at).nodes[0].state_names == ("clear", "mixed", "grey") and net_of(at).shape(1) == (3, 2)


def test_a_table_is_edited_and_a_row_that_does_not_add_to_1_gets_a_sentence():
    at = node(app(PAGE, **FLOW), "Rain")
    editor = at.data_editor[0]
    assert list(editor.value["given"]) == ["Cloudy = yes", "Cloudy = no"]
    at.session_state[editor.key] = {"edited_rows": {1: {"yes": 0.4, "no": 0.6}}, "added_rows": [], "deleted_rows": []}
    press(at, "Take over the table")
    assert net_of(at).nodes[2].table == (0.8, 0.2, 0.4, 0.6) and not at.warning
    editor = at.data_editor[0]
    at.session_state[editor.key] = {"edited_rows": {0: {"yes": 0.9}}, "added_rows": [], "deleted_rows": []}
    press(at, "Take over the table")
    assert "probabilities of Rain at Cloudy = yes must lie in [0, 1] and add to 1, got 0.9, 0.2" in sentences(at)
    assert net_of(at).nodes[2].table == (0.8, 0.2, 0.4, 0.6)


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("Cloudy", lambda at: labelled(at.multiselect, "Parents").set_value(["Wet grass"]), "arrows must not lead back to where they began"),
        ("Cloudy", lambda at: labelled(at.text_input, "Name").set_value("Rain"), "got Rain twice"),
        ("Cloudy", lambda at: labelled(at.text_input, "Name").set_value("<b>x</b>"), "letters, digits"),
        ("Cloudy", lambda at: labelled(at.text_input, "States").set_value("one"), "must be 2 to 4 words"),
        ("Cloudy", lambda at: labelled(at.selectbox, "It is").set_value("cut"), "must be the one number that it is cut from"),
        ("Cloudy", lambda at: labelled(at.selectbox, "It is").set_value("number"), "parents of Sprinkler must have states, got Cloudy, which is a number"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_every_mistake_in_the_editor_has_its_sentence_and_changes_nothing(name, change, sentence):
    at = node(app(PAGE, **FLOW), name)
    change(at).run()
    assert not at.exception and sentence in sentences(at) and net_of(at) == SPRINKLER
    press(at, "Next seed")
    assert sentence not in sentences(at)


def test_what_is_known_goes_when_its_node_goes():
    at = node(app(PAGE, **FLOW, **{GIVEN: "Rain = yes", ASKED: "Sprinkler = on"}), "Rain")
    press(at, "Remove this node")
    assert GIVEN not in at.query_params and linked(at)[ASKED] == "Sprinkler = on" and not at.warning


def test_another_experiment_takes_the_model_out_of_the_link():
    at = app(PAGE, **FLOW, **{NET_PATH: "clinic"})
    at.selectbox(key="question").set_value("Composition").run()
    assert not at.exception and NET_PATH not in at.query_params and "net=" not in at.code[0].value


def test_the_ghost_is_kept_compared_and_dropped():
    at = press(app(PAGE, **FLOW, **{NET_PATH: "clinic"}), "Keep as ghost")
    assert "ghost=" in at.code[0].value and "estimate **+0**" in markdown(at) and len(linked(at)["ghost"]) < 200
    press(at, "Next seed")
    gap = finish(run(Direct(Ancestral(ASIA, n=300), 2))).found().value - finish(run(Direct(Ancestral(ASIA, n=300), 1))).found().value
    assert f"estimate **{gap:+.4g}**" in markdown(at)
    labelled(at.selectbox, "Asked for").set_value("X-ray = no").run()
    assert "The ghost asks another question" in markdown(at)
    assert "ghost=" not in press(at, "Drop the ghost").code[0].value


def test_a_ghost_from_the_link_is_shown():
    at = app(PAGE, **{"question.Inverse.n": "100", "ghost": json.dumps({"question.Inverse.n": "500", "seed": "9"})})
    assert "Now minus ghost" in markdown(at) and not sentences(at)


def test_the_question_is_asked_answered_and_shown():
    at = app(PAGE)
    assert asked(at, GUESS) and QUESTION.because not in markdown(at)
    answer(at, GUESS, QUESTION.answers[QUESTION.right])
    assert at.success[0].value == QUESTION.verdict(QUESTION.answers[QUESTION.right])
    assert "P(Sprinkler = on | Rain = yes, Wet grass = yes)" in markdown(at).replace("\\", "")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda cls: cls.__name__)
def test_the_projector_shows_the_stage_alone(question):
    at = app(PAGE, present="1", question=question.title, **{f"question.{question.__name__}.n": "100"})
    assert not at.title and not at.number_input and not at.selectbox and not at.code and not asked(at, GUESS) and not at.button


def test_hidden_controls_keep_their_values():
    at = app(PAGE, hide=f"{NET_PATH},{GIVEN}", **FLOW, **{NET_PATH: "alarm", GIVEN: "John calls = yes"})
    assert "Model" not in [each.label for each in at.selectbox] and "net=alarm" in at.code[0].value and "given=John" in at.code[0].value


def test_draws_go_to_the_shelf():
    at = press(app(PAGE, **FLOW), "Put on the shelf")
    (item,) = at.session_state["shelf"].values()
    assert list(item.rows) == list(SPRINKLER.names) and len(item.rows) == 300
