"""Every page opens, takes its state from a URL, survives a bad one, and moves a widget."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.distributions import FAMILY
from core.params import Choice
from core.presets import limits
from core.presets.distributions import PRESETS
from pages._ui import nav

ROOT = Path(__file__).resolve().parents[2]


def app(script: str = "", **query: str) -> AppTest:
    """The app, opened at its entrance and then at a page with a query."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=180)
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    if script:
        at.switch_page(script).run()
    assert not at.exception, at.exception
    return at


def explorer(**query: str) -> AppTest:
    return app("pages/distributions.py", **query)


def estimates(at: AppTest) -> str:
    return next(each.value for each in at.markdown if "standard error" in each.value)


def sentences(at: AppTest) -> str:
    return " ".join(warning.value for warning in at.warning).replace("\\", "")


@pytest.mark.parametrize("room", nav.ROOMS, ids=lambda room: room.title)
def test_every_page_opens_with_its_title_and_line(room):
    at = app(room.script if room.address else "")
    assert at.title[0].value == room.title
    assert room.line in [each.value for each in at.markdown]


@pytest.mark.parametrize("law", FAMILY, ids=lambda cls: cls.__name__)
def test_every_family_has_its_fields_and_numbers(law):
    at = explorer(dist=law.title)
    assert at.selectbox(key="dist").value == law.__name__
    for path, (knob, _) in law().leaves().items():
        assert (at.selectbox if isinstance(knob, Choice) else at.number_input)(key=f"dist.{law.__name__}.{path}"), path
    table = next(each.value for each in at.markdown if each.value.startswith("| | value | formula"))
    assert table.count("\n") == 6 and "<" not in table
    assert law.story in " ".join(each.value for each in at.markdown)


def test_state_comes_from_the_link():
    at = explorer(**{"dist": "Gamma", "dist.Gamma.shape": "3.5", "n": "500", "seed": "7", "hand.Gamma": "rate"})
    assert at.number_input(key="dist.Gamma.shape").value == 3.5
    assert at.number_input(key="n").value == 500
    assert "dist.Gamma.shape=3.5" in at.code[-1].value and "n=500" in at.code[-1].value and "hand.Gamma=rate" in at.code[-1].value


@pytest.mark.parametrize(
    "query, sentence",
    [
        ({"dist.Normal.mu": "nan"}, "mu must be a finite number, got nan: try 0"),
        ({"dist.Normal.mu": "1e400"}, "must be a finite number"),
        ({"dist.Normal.sigma": "-1"}, "sigma must lie in [1e-12, 1e+12], got -1: try 1"),
        ({"n": "1000000000"}, "n must lie in [1, 10000000], got 1000000000: try 1000"),
        ({"n": "1e400"}, "n must be a finite number"),
        ({"n": "many"}, "n must be a whole number, got many: try 1000"),
        ({"dist": "Nothing"}, "dist must be one of"),
        ({"dist": "Uniform", "dist.Uniform.low": "3"}, "above low"),
        ({"dist": "GaussianMixture", "dist.GaussianMixture.parts": "99"}, "parts must lie in [1, 8]"),
        ({"dist": "Categorical", "dist.Categorical.weight.0": "-1"}, "weight.0 must lie in"),
        ({"ghost": "{"}, "ghost must be a part written by this page"),
        ({"ghost": '{"type":"Normal","sigma":-1}'}, "sigma must lie in"),
        ({"ghost": "[" * 3000}, "ghost must be a part"),
        ({"hand.Normal": "<script>alert(1)</script>"}, ""),
    ],
    ids=str,
)
def test_a_bad_link_gets_a_sentence_and_a_page(query, sentence):
    at = explorer(**query)
    assert sentence in sentences(at)
    assert len(at.code) == 2


@pytest.mark.parametrize(
    "query",
    [
        {"dist": "Pareto", "dist.Pareto.shape": "0.001"},
        {"dist": "Negative binomial", "dist.NegativeBinomial.r": "1e12", "dist.NegativeBinomial.p": "1e-9"},
        {"dist": "Student t", "dist.StudentT.df": "1e-12"},
        {"dist": "Weibull", "dist.Weibull.shape": "1e-12"},
        {"dist": "Log-normal", "dist.LogNormal.mu": "1e12"},
    ],
    ids=str,
)
def test_a_law_out_of_reach_gets_a_sentence(query):
    at = explorer(**query)
    assert "dist must lie within the range of a double" in sentences(at)


def test_a_class_name_in_a_link_is_understood():
    at = explorer(**{"dist": "GaussianMixture", "dist.GaussianMixture.parts": "3"})
    assert at.number_input(key="dist.GaussianMixture.part.2.mean")


def test_a_value_that_contradicts_another_keeps_the_last_good_setting():
    at = explorer(dist="Uniform")
    at.number_input(key="dist.Uniform.low").set_value(5.0).run()
    assert not at.exception and "above low" in sentences(at)
    assert at.number_input(key="n").value == 1000
    at.number_input(key="dist.Uniform.high").set_value(6.0).run()
    assert not at.exception and not sentences(at)


def test_the_next_seed_changes_the_samples_and_not_the_truth():
    at = explorer()
    before = estimates(at)
    next(button for button in at.button if button.label == "Next seed").click().run()
    after = estimates(at)
    assert at.number_input(key="seed").value == 2 and before != after
    assert before.splitlines()[2].split("|")[3] == after.splitlines()[2].split("|")[3]


def test_reset_goes_back_to_the_defaults():
    at = explorer(**{"dist": "Gamma", "dist.Gamma.shape": "3.5", "n": "500"})
    next(button for button in at.button if button.label == "Reset").click().run()
    assert not at.exception
    assert (at.selectbox(key="dist").value, at.number_input(key="n").value) == ("Normal", 1000)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_opens_and_one_that_fails_says_so(preset):
    at = explorer()
    at.button(key=f"preset:{preset.name}").click().run()
    assert not at.exception
    assert at.selectbox(key="dist").value == type(preset.spec.dist).__name__
    assert at.number_input(key="n").value == preset.spec.n
    assert bool(preset.fails) == ("Cure:" in sentences(at))


@pytest.mark.parametrize("preset", limits.PRESETS, ids=lambda preset: preset.name)
def test_every_preset_of_the_limits_page_opens_and_one_that_fails_says_so(preset):
    at = app("pages/limits.py")
    at.button(key=f"preset:{preset.name}").click().run()
    assert not at.exception
    assert at.selectbox(key="question").value == type(preset.spec.question).__name__
    assert bool(preset.fails) == ("Cure:" in sentences(at)) or "bootstrap" in sentences(at)


def test_the_limits_page_takes_its_state_from_the_link():
    query = {"dist": "Gamma", "dist.Gamma.shape": "3.5", "question": "Bootstrap", "question.Bootstrap.n": "77", "seed": "4"}
    at = app("pages/limits.py", **query)
    assert at.number_input(key="question.Bootstrap.n").value == 77
    assert all(part in at.code[0].value for part in ("dist.Gamma.shape=3.5", "question=Bootstrap", "question.Bootstrap.n=77", "seed=4"))


def test_the_ghost_is_kept_compared_and_dropped():
    at = explorer()
    next(button for button in at.button if button.label == "Keep as ghost").click().run()
    at.number_input(key="dist.Normal.mu").set_value(1.5).run()
    assert any("mean **+1.5**" in each.value for each in at.markdown)
    assert "ghost=" in at.code[-1].value
    next(button for button in at.button if button.label == "Drop the ghost").click().run()
    assert "ghost=" not in at.code[-1].value


def test_the_quantile_setter_solves_the_parameters_or_says_why_not():
    at = explorer()
    for key, value in zip(range(4), (0.025, 3.0, 0.975, 9.0), strict=True):
        at.number_input(key=f"quantile-{key}").set_value(value)
    next(button for button in at.button if button.label == "Solve").click().run()
    assert not at.exception
    assert at.number_input(key="dist.Normal.mu").value == pytest.approx(6.0)
    assert at.number_input(key="dist.Normal.sigma").value == pytest.approx(1.5306, abs=1e-4)
    at = explorer(dist="Exponential")
    next(button for button in at.button if button.label == "Solve").click().run()
    assert "has one parameter" in sentences(at)


def test_another_naming_shows_the_same_curve_and_moves_it():
    at = explorer(**{"dist": "Gamma", "dist.Gamma.shape": "4", "dist.Gamma.rate": "2", "named.Gamma": "Mean and standard deviation"})
    assert (at.number_input(key="renamed:mean").value, at.number_input(key="renamed:sd").value) == (2.0, 1.0)
    at.number_input(key="renamed:mean").set_value(3.0).run()
    assert not at.exception
    assert at.number_input(key="dist.Gamma.shape").value == pytest.approx(9.0) and at.number_input(key="dist.Gamma.rate").value == pytest.approx(3.0)
    assert at.number_input(key="renamed:sd").value == pytest.approx(1.0)
    assert "named.Gamma=Mean" in at.code[-1].value
    at.number_input(key="renamed:sd").set_value(-1.0).run()
    assert not at.exception and at.number_input(key="dist.Gamma.shape").value == pytest.approx(9.0)


def test_code_holds_the_current_numbers_in_four_languages():
    at = explorer(**{"dist": "Gamma", "dist.Gamma.shape": "4.25", "code": "Stan"})
    assert "gamma(4.25" in at.code[0].value
    for language in ("NumPy", "PyTorch", "R"):
        at.session_state["code"] = language
        assert "4.25" in at.run().code[0].value


def test_words_from_the_link_are_plain_text_and_marked():
    at = explorer(say="# Look [here](http://x.test) <b>now</b> " + "x" * 400)
    said = at.info[0].value
    assert "\\#" in said and "\\[here\\]" in said and said.endswith("*from the link*") and len(said.replace("\\", "")) < 320


def test_the_projector_shows_the_stage_alone():
    at = explorer(present="1", **{"dist.Normal.mu": "2"})
    assert not at.title and not at.number_input and not at.code


def test_a_hidden_control_keeps_its_value():
    at = explorer(hide="dist.Normal.mu,n", **{"dist.Normal.mu": "2", "n": "77"})
    keys = [each.key for each in at.number_input]
    assert "dist.Normal.mu" not in keys and "n" not in keys and "dist.Normal.sigma" in keys
    assert any("**2**" in each.value for each in at.markdown)
    assert "n=77" in at.code[-1].value


def test_what_an_estimate_says_is_what_the_engine_computes():
    from core.distributions.explore import Explore, run
    from core.distributions.words import say
    from core.progress import finish

    at = explorer()
    table = estimates(at)
    for each in finish(run(Explore())).estimates():
        assert f"| {each.name} | {say(each.value)} | {say(each.truth)} | {say(each.standard_error, 3)} | {say(each.z, 3)} |" in table


def test_samples_go_to_the_shelf_once():
    at = explorer()
    put = next(button for button in at.button if button.label == "Put on the shelf")
    put.click().run()
    next(button for button in at.button if button.label == "Put on the shelf").click().run()
    assert not at.exception
    assert list(at.session_state["shelf"]) == ["normal samples"]
    assert len(at.session_state["shelf"]["normal samples"].rows) == 1000
