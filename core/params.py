"""One declaration per knob: `param(...)` drives the slider, the URL, the check, the docs and the tests."""

from __future__ import annotations

import dataclasses
import numbers
from dataclasses import field
from typing import Any

from core.knobs import Ask, Choice, Numbers, Param, Range, Real, Toggle, Whole, Word, number_text, plain
from core.parts import Count, Many, Record, Variant

__all__ = [
    "Ask",
    "Choice",
    "Count",
    "Many",
    "Numbers",
    "Param",
    "Range",
    "Real",
    "Record",
    "Toggle",
    "Variant",
    "Whole",
    "Word",
    "number_text",
    "param",
    "plain",
]


def param(default: Any, label: str, **rest: Any) -> Any:
    """Declare a field of a spec, as in `sigma: float = param(1.0, "Standard deviation", low=0.1, high=5, step=0.1)`.

    The type of the default decides the kind of knob: float, int, bool, str with `choices` (or, for free
    text, with a `length`), a pair with `span=True`, a row of numbers with `sequence=True`, a spec with `family=lambda: FAMILY`, or a tuple of floats or specs with `singular="part"`.

    Args:
        default: where the knob starts; a member of every family works with its defaults alone.
        label: what a student reads beside the knob, in the field's own words.
        rest: low, high, step, scale ("linear" or "log") of the slider; bounds of what may be typed
            (the slider's ends when left out); help; symbol (TeX); and the options above.
    """
    return field(default=default, metadata={"param": _kind(default, label, rest)})


def _kind(default: Any, label: str, rest: dict) -> Param:
    if "family" in rest:
        return Variant(default, label, **rest)
    if isinstance(default, bool):
        return Toggle(default, label, **rest)
    if isinstance(default, str) and "length" in rest:
        return Word(default, label, **rest)
    if isinstance(default, str):
        return Choice(default, label, **{"labels": rest.get("choices", ()), **rest})
    if isinstance(default, numbers.Real):
        rest = {"bounds": (rest["low"], rest["high"]), **rest}
        return (Whole if isinstance(default, int) else Real)(default, label, **rest)
    if rest.pop("span", False):
        return Range(default, label, **{"bounds": (rest["low"], rest["high"]), **rest})
    if rest.pop("sequence", False):
        return Numbers(default, label, **{"bounds": (-1e300, 1e300), **rest})
    if isinstance(default, tuple):
        many = {name: rest.pop(name) for name in ("least", "most", "singular") if name in rest}
        first = rest.pop("start", default[0])
        item = _kind(first, rest.pop("item_label", label), rest) if not dataclasses.is_dataclass(first) else Record(first, label)
        return Many(default, label, rest.get("help", ""), rest.get("symbol", ""), item=item, **many)
    if dataclasses.is_dataclass(default):
        return Record(default, label, **rest)
    raise TypeError(f"no knob for a default of type {type(default).__name__}")
