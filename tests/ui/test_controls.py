"""Widgets from a spec: every kind of knob, the URL, the settings file."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.distributions.explore import Explore
from pages._ui import controls
from tests.core.test_spec import Everything

ROOT = Path(__file__).resolve().parents[2]


def knobs(**query: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "tests/ui/every_knob.py"), default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception, at.exception
    return at


def spec_of(at: AppTest) -> Everything:
    return Everything.from_dict(json.loads(at.code[0].value))


def test_the_widgets_of_the_defaults_make_the_defaults():
    assert spec_of(knobs()) == Everything()


def test_every_kind_of_knob_takes_its_value_from_the_url():
    query = {
        "level": "0.9",
        "many": "123",
        "kind": "tied",
        "on": "false",
        "dist": "Cauchy",
        "weights": "3",
        "weight.2": "0.7",
        "lane.1.gain": "2.5",
        "lane.0.count": "7",
    }
    spec = spec_of(knobs(**query))
    assert spec.to_query() == query


def test_a_value_off_the_slider_gets_a_field():
    at = knobs(dist="Normal", **{"dist.Normal.sigma": "40", "many": "777"})
    assert at.number_input(key="dist.Normal.sigma").value == 40.0
    assert at.select_slider(key="many").value == 777
    assert spec_of(at).dist.sigma == 40.0


def test_every_kind_of_knob_moves():
    at = knobs()
    at.slider(key="level").set_value(0.6).run()
    at.select_slider(key="many").set_value(1000).run()
    at.selectbox(key="kind").set_value("tied").run()
    at.toggle(key="on").set_value(False).run()
    at.slider(key="span").set_value((0.1, 0.3)).run()
    at.selectbox(key="dist").set_value("Poisson").run()
    assert not at.exception
    spec = spec_of(at)
    assert (spec.level, spec.many, spec.kind, spec.on, spec.span, type(spec.dist).__name__) == (0.6, 1000, "tied", False, (0.1, 0.3), "Poisson")


def settings(page: str = "distributions", **spec) -> bytes:
    return json.dumps({"page": page, "spec": {"type": "Explore", **spec}}).encode()


@pytest.mark.parametrize(
    "data, sentence",
    [
        (b"\xff\xfe", "must be JSON"),
        (b"{", "must be JSON"),
        (b"[" * 100_000, "must be JSON"),
        (b"[]", "must have a spec"),
        (b"null", "must have a spec"),
        (settings(page="mcmc"), "must be of the page distributions, got mcmc"),
        (settings(n=-1), "n must lie in"),
        (settings(dist={"type": "os.system"}), "dist must be one of"),
        (settings(n="many"), "n must be a number, got many"),
        (settings(colour="red"), "Explore has no setting colour: it has dist, n, seed"),
        (bytes((1 << 20) + 1), "must be at most 1 MB"),
        (bytes(50 << 20), "must be at most 1 MB, got a larger one"),
    ],
    ids=lambda each: str(each)[:30],
)
def test_a_bad_settings_file_gets_a_sentence(data, sentence):
    with pytest.raises(ValueError, match=sentence):
        controls.read_settings(data, "distributions", Explore)


def test_a_settings_file_restores_the_spec():
    spec = Explore(n=77, seed=5)
    data = json.dumps({"page": "distributions", "spec": spec.to_dict()}).encode()
    assert controls.read_settings(data, "distributions", Explore) == spec
