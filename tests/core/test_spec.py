"""Every spec of every family round-trips JSON, URL and repr; out of range raises a sentence; keys differ across classes."""

import json
import math
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.distributions import FAMILY
from core.distributions.explore import Explore
from core.distributions.modifiers.gaussian_mixture import Part
from core.distributions.modifiers.mixture import Component
from core.params import Choice, Many, Param, Range, Real, Record, Toggle, Variant, Whole, param
from core.spec import Spec


@dataclass(frozen=True)
class Lane(Spec):
    gain: float = param(1.0, "Gain", low=0.1, high=10, scale="log", bounds=(1e-6, 1e6))
    count: int = param(3, "Count", low=1, high=9, step=1)


@dataclass(frozen=True)
class Everything(Spec):
    level: float = param(0.5, "Level", low=0.0, high=1.0, step=0.05)
    many: int = param(100, "Many", low=10, high=1000, scale="log", step=1)
    kind: str = param("full", "Kind", choices=("full", "tied"))
    on: bool = param(True, "On")
    span: tuple[float, float] = param((0.2, 0.8), "Span", low=0.0, high=1.0, step=0.1, span=True)
    dist: Spec = param(FAMILY[1](), "Law", family=lambda: FAMILY)
    weights: tuple[float, ...] = param((0.5, 0.5), "Weight", low=0.0, high=1.0, step=0.1, least=1, most=4, singular="weight")
    lanes: tuple[Lane, ...] = param((Lane(), Lane(gain=2.0)), "Lanes", least=1, most=3, singular="lane")

    def agree(self):
        if self.span[0] > self.level:
            raise ValueError(f"span must start at or below level, got {self.span[0]} above {self.level}: try level {self.span[0]}")


def values(knob: Param) -> st.SearchStrategy:
    """Values that a knob accepts, built from its declaration alone."""
    if isinstance(knob, Variant):
        return st.sampled_from(knob.family()).map(lambda cls: cls())
    if isinstance(knob, Many):
        return st.lists(values(knob.item), min_size=knob.least, max_size=min(knob.most, 4)).map(tuple)
    if isinstance(knob, Record):
        return specs(type(knob.default))
    if isinstance(knob, Toggle):
        return st.booleans()
    if isinstance(knob, Choice):
        return st.sampled_from(knob.choices)
    if isinstance(knob, Range):
        return st.tuples(*[st.floats(*knob.bounds)] * 2).map(lambda pair: tuple(sorted(pair)))
    if isinstance(knob, Whole):
        return st.integers(int(knob.bounds[0]), int(knob.bounds[1]))
    return st.floats(*knob.bounds, allow_nan=False, allow_infinity=False)


def specs(cls: type[Spec]) -> st.SearchStrategy:
    """Specs of a class; fields that contradict each other are left to `agree`."""

    def make(fields: dict) -> Spec:
        try:
            return cls(**fields)
        except ValueError:
            return cls()

    return st.fixed_dictionaries({name: values(knob) for name, knob in cls.params().items()}).map(make)


def rebuilt(spec: Spec) -> Spec:
    names = {cls.__name__: cls for cls in (*FAMILY, Lane, Everything, Explore)} | {"Part": Part, "Component": Component}
    return eval(repr(spec), names)


@pytest.mark.parametrize("cls", [Everything, Explore, *FAMILY], ids=lambda cls: cls.__name__)
@given(data=st.data())
def test_every_spec_round_trips(cls, data):
    spec = data.draw(specs(cls))
    assert cls.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec
    assert cls.from_query(spec.to_query()) == (spec, [])
    assert cls.from_query(spec.to_query("lane"), "lane") == (spec, [])
    assert rebuilt(spec) == spec
    assert rebuilt(spec).key() == spec.key()


def test_defaults_leave_the_url():
    assert Everything().to_query() == {}
    assert Everything(weights=(0.5, 0.5, 0.1)).to_query() == {"weights": "3", "weight.2": "0.1"}
    assert Explore(FAMILY[1](mu=2.0)).to_query() == {"dist.Normal.mu": "2"}


def test_keys_differ_across_classes_with_equal_fields():
    keys = [Explore(cls()).key() for cls in FAMILY]
    assert len(set(keys)) == len(keys)


REFUSED = [
    (dict(level=math.nan), "level must be a finite number, got nan: try 0.5"),
    (dict(level=math.inf), "level must be a finite number, got inf: try 0.5"),
    (dict(level=-1.0), "level must lie in [0, 1], got -1: try 0.5"),
    (dict(level="1"), "level must be a number, got 1: try 0.5"),
    (dict(level=True), "level must be a number, got True: try 0.5"),
    (dict(many=10**9), "many must lie in [10, 1000], got 1000000000: try 100"),
    (dict(many=10.5), "many must be a whole number, got 10.5: try 100"),
    (dict(kind="odd"), "kind must be one of full, tied, got odd: try full"),
    (dict(on=1), "on must be true or false, got 1: try true"),
    (dict(span=(0.9, 0.1)), "span must be two numbers, low then high, got (0.9, 0.1): try 0.2,0.8"),
    (dict(weights=()), "weights must have 1 to 4 entries, got 0: try 2"),
    (dict(weights=(0.5, -1.0)), "weight.1 must lie in [0, 1], got -1: try 0.5"),
    (dict(level=0.1), "span must start at or below level, got 0.2 above 0.1: try level 0.2"),
]


@pytest.mark.parametrize("fields, sentence", REFUSED, ids=lambda each: str(each)[:40])
def test_a_refused_value_gets_its_sentence(fields, sentence):
    with pytest.raises(ValueError) as caught:
        Everything(**fields)
    assert str(caught.value) == sentence


HOSTILE = ["nan", "1e400", "-1e400", "", "abc", "9" * 5000, "0x10", "1,2,3", "<script>", "\x00", "Infinity", "true"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("path", ["level", "many", "kind", "span", "dist", "weights", "weight.0", "lane.1.gain", "dist.Normal.sigma"])
def test_a_hostile_url_gives_a_spec_and_sentences(path, text):
    spec, problems = Everything.from_query({path: text})
    assert isinstance(spec, Everything)
    assert spec == Everything() or not problems
    assert all(len(sentence) < 400 and " must " in sentence and ": try " in sentence for sentence in problems)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20))
def test_any_json_gives_a_spec_or_a_sentence(data):
    for wrapped in (data, {"type": "Everything", "dist": data}, {"type": "Everything", "lanes": data}):
        try:
            Everything.from_dict(wrapped)
        except ValueError as error:
            assert str(error)


def test_a_class_outside_the_family_is_refused():
    with pytest.raises(ValueError, match="dist must be one of"):
        Explore.from_dict({"type": "Explore", "dist": {"type": "Everything"}})


def test_a_part_that_contradicts_itself_leaves_the_rest_of_the_link_alone():
    spec, problems = Explore.from_query({"dist": "Uniform", "dist.Uniform.low": "3", "n": "500"})
    assert spec.n == 500 and type(spec.dist).__name__ == "Uniform"
    assert len(problems) == 1 and "above low" in problems[0]


def test_with_leaf_changes_one_path_and_checks_it():
    spec = Everything().with_leaf("lane.1.gain", 3.0)
    assert spec.lanes[1].gain == 3.0 and spec.replace(lanes=Everything().lanes) == Everything()
    with pytest.raises(ValueError, match=r"lane\.1\.gain must lie in"):
        spec.with_leaf("lane.1.gain", -1.0)
    with pytest.raises(ValueError, match="path must be one of"):
        spec.with_leaf("nowhere", 1.0)


def test_minus_zero_is_zero():
    assert FAMILY[1](mu=-0.0).key() == FAMILY[1](mu=0.0).key()


@pytest.mark.parametrize(
    "knob", [Real(0.0, "", low=-5, high=5, step=0.1), Real(1.0, "", low=0.1, high=10, scale="log"), Whole(5, "", low=1, high=400)], ids=str
)
def test_ticks_rise_within_the_slider(knob):
    ticks = knob.ticks(101)
    assert np.all(np.diff(ticks) > 0) and ticks[0] == knob.low and ticks[-1] <= knob.high and len(ticks) <= 101
    assert all(len(f"{tick:.10g}") <= 6 for tick in ticks)
