"""From a spec class to widgets bound to the URL, and back to a spec.

The key of a widget is its path, which is also its name in the URL: `dist=Gamma&dist.Gamma.shape=2`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import streamlit as st

from core.params import Choice, Numbers, Param, Range, Real, Toggle, Whole, Word
from core.params import plain as plain_value
from core.spec import Reader, Spec, join
from pages._ui.page import Visit, complain

SpecT = TypeVar("SpecT", bound=Spec)
Own = Mapping[str, Callable[[Param, Any, dict[str, Any]], Any]]
MOST_SETTINGS_MB = 1
MOST_PART = 2000  # characters of a part in a link
_LARGEST_WHOLE = (1 << 53) - 1  # what a browser's number holds


def build(
    cls: type[SpecT], visit: Visit, prefix: str = "", fields: bool = False, own: Own | None = None, spare: Callable[[str, dict[str, Any]], bool] | None = None
) -> SpecT:
    """Draw the widgets of a spec class in the current container and return the spec they describe.

    A control that the link hides keeps its value. A value that the spec refuses leaves a sentence in `visit.problems`
    and the last good setting in its place.

    Args:
        cls: the spec class; its fields' declarations are the only source of labels, ranges, steps and help.
        visit: the run of the page.
        prefix: put before each path, for a page with two specs.
        fields: number fields instead of sliders, for parameters that the stage sweeps.
        own: by path, what draws a control instead: `(knob, value from the link, answers so far) -> value`, such as a menu of
            the columns that the data set just chosen has.
        spare: `(path, answers so far) -> bool`, whether a control has nothing to say now: it is left out and keeps its value.
    """
    start, problems = cls.from_query(visit.query, prefix)
    _send_back(start, prefix, [*visit.problems, *problems])
    visit.problems.extend(problems)
    linked, asked = {path: value for path, (_, value) in start.leaves(prefix).items()}, {}

    def leaf(path: str, knob: Param, default: Any) -> Any:
        if own and path in own:
            value = own[path](knob, linked.get(path, default), asked)
        elif path in visit.hidden or visit.present or (spare and spare(path, asked)):
            value = _typed(path, knob, st.session_state.get(path, linked.get(path, default)), visit)
        else:
            value = _typed(path, knob, _draw(path, knob, default, fields), visit)
        asked[path] = default if value is None else value
        return asked[path]

    def refused(path: str, error: ValueError, default: Spec) -> Spec:
        visit.problems.append(str(error))
        return st.session_state.get(f"good:{path}", default)

    spec = cls.read(Reader(leaf, refused), prefix)
    st.session_state[f"good:{prefix}"] = spec
    _remember(spec, prefix)
    return spec


def _remember(spec: Spec, prefix: str) -> None:
    """Remember parts that agreed, for when one day they do not."""
    for name in spec.params():
        part = getattr(spec, name)
        if isinstance(part, Spec):
            path = f"{join(prefix, name)}.{type(part).__name__}"
            st.session_state[f"good:{path}"] = part
            _remember(part, path)


def _typed(path: str, knob: Param, value: Any, visit: Visit) -> Any:
    """Read what a text field holds; where it is refused the sentence goes to the page, and the default stands in."""
    if not isinstance(knob, Numbers | Word) or not isinstance(value, str):
        return value
    try:
        return knob.parse(path, value)
    except ValueError as error:
        visit.problems.append(str(error))
        return None


def _send_back(start: Spec, prefix: str, problems: list[str]) -> None:
    """Mend the URL and run again before a widget reads it: Streamlit's own reading of 1e400 raises, and a menu drops what is no label."""
    leaves = {path: knob for path, (knob, _) in start.leaves(prefix).items() if path in st.query_params}
    refused = [path for path, knob in leaves.items() if not _reads(knob, path, st.query_params[path])]
    words = {path: knob.text(knob.parse(path, st.query_params[path])) for path, knob in leaves.items() if isinstance(knob, Choice) and path not in refused}
    other = {path: word for path, word in words.items() if word != st.query_params[path]}  # a class name, where the menu knows its label
    if refused or other:
        for path in refused:
            del st.query_params[path]
        st.query_params.update(other)
        st.session_state["refused"] = (problems, st.query_params.to_dict())
        st.rerun()


def _reads(knob: Param, path: str, text: str) -> bool:
    try:
        knob.parse(path, text)
    except ValueError:
        return False
    return True


def _draw(path: str, knob: Param, default: Any, fields: bool) -> Any:
    """Draw the widget that fits a knob."""
    shared = {"key": path, "help": knob.help or None, "bind": "query-params"}
    label = _label(path, knob)
    if isinstance(knob, Choice):
        names = dict(zip(knob.choices, knob.labels, strict=True))
        return st.selectbox(label, knob.choices, index=knob.choices.index(default), format_func=lambda word: names[word], **shared)
    if isinstance(knob, Toggle):
        return st.toggle(label, default, **shared)
    if isinstance(knob, Numbers):
        return st.text_area(label, knob.text(default), **shared)
    if isinstance(knob, Word):
        return st.text_input(label, default, max_chars=knob.length, **shared)
    if isinstance(knob, Range):
        return st.slider(label, float(knob.low), float(knob.high), default, float(knob.step), **shared)
    if isinstance(knob, Real):
        return _number(label, path, knob, default, shared, fields)
    raise TypeError(f"no widget for a knob of type {type(knob).__name__}")


def _number(label: str, path: str, knob: Real, default: float, shared: dict, fields: bool) -> float:
    """Draw a number: a slider, or a field where the stage has the slider, or where the value lies off the slider's ends."""
    now = _now(path, knob, default)
    if not fields and knob.scale == "log":
        return _log_slider(label, knob, default, now, shared)
    if not fields and not isinstance(knob, Whole) and knob.low <= now <= knob.high:
        return st.slider(label, float(knob.low), float(knob.high), default, float(knob.step), **shared)
    if isinstance(knob, Whole):
        low, high = (int(max(-_LARGEST_WHOLE, min(_LARGEST_WHOLE, end))) for end in knob.bounds)
        return st.number_input(label, low, high, default, int(knob.step), **shared)
    return st.number_input(label, *map(float, knob.bounds), default, float(knob.step), format="%.6g", **shared)


def _now(path: str, knob: Real, default: float) -> float:
    """Return the value that a widget is about to show."""
    if path in st.session_state:
        return st.session_state[path]
    return knob.parse(path, st.query_params[path]) if path in st.query_params else default


def _log_slider(label: str, knob: Real, default: float, now: float, shared: dict) -> float:
    """Draw a slider over round numbers on a log scale; the value it shows stands among them."""
    cast = int if isinstance(knob, Whole) else float
    stops = sorted({*(cast(float(f"{tick:.1g}")) if cast is int else float(tick) for tick in knob.ticks(31)), default, now})
    return st.select_slider(label, stops, default, format_func=_round if cast is int else knob.text, **shared)


def _round(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")


def _label(path: str, knob: Param) -> str:
    """Return the label, with the number of the part that the path goes through."""
    place = ".".join(str(int(word) + 1) for word in path.split(".") if word.isdigit())
    return f"{knob.label} {place}" if place else knob.label


def pick(label: str, key: str, options: list[str], visit: Visit) -> str:
    """Draw a choice that belongs to the view, not to the experiment; it lives in the URL too."""
    linked = visit.query.get(key, options[0])
    if visit.present or key.partition(".")[0] in visit.hidden or len(options) == 1:
        return linked if linked in options else options[0]
    return st.segmented_control(label, options, default=options[0], key=key, required=True, bind="query-params") or options[0]


def linked_part(visit: Visit, key: str, knob: Param) -> Any:
    """Read a part that travels in the URL as JSON, or None; what is wrong with it becomes a sentence."""
    if not (text := st.query_params.get(key)):
        return None
    try:
        return knob.from_json(key, json.loads(text[:MOST_PART]))
    except (ValueError, RecursionError) as error:
        sentence = f"{key} must be a part written by this page, got {plain_value(text)}: take it out of the link"
        visit.problems.append(str(error) if " must " in str(error) else sentence)
        return None


def put(spec: Spec, prefix: str = "", view: Mapping[str, str] | None = None) -> None:
    """Set all widgets of a spec and of its view, from a callback: a preset, a reset, a settings file.

    A widget that stands on the page carries its value into the URL by itself; for one that is still to come we do, in one step.
    """
    coming = {path: text for path, text in (spec.to_query(prefix) | dict(view or {})).items() if path not in st.session_state}
    for path, (knob, value) in spec.leaves(prefix).items():
        st.session_state[path] = knob.text(value) if isinstance(knob, Numbers) else value
    for path, text in (view or {}).items():
        st.session_state[path] = text
    if coming:
        st.query_params.update(coming)


def read_settings(data: bytes, address: str, cls: type[SpecT]) -> SpecT:
    """Read a settings file.

    Raises:
        ValueError: in one sentence, when it is too large, no settings file, or belongs to another page.
    """
    if len(data) > MOST_SETTINGS_MB << 20:
        raise ValueError(f"a settings file must be at most {MOST_SETTINGS_MB} MB, got a larger one: try one that this page wrote")
    try:
        settings = json.loads(data)
    except (ValueError, RecursionError):  # not UTF-8, not JSON, or a number of thousands of digits
        raise ValueError("a settings file must be JSON, got something else: try one that this page wrote") from None
    if not isinstance(settings, dict) or "spec" not in settings:
        raise ValueError("a settings file must have a spec, got none: try one that this page wrote")
    if settings.get("page") != address:
        raise ValueError(f"the settings must be of the page {address}, got {str(settings.get('page'))[:40]}: open that page and load them there")
    return cls.from_dict(settings["spec"])


def settings_door(visit: Visit, cls: type[SpecT]) -> None:
    """Draw the upload field that restores the page from a settings file; a refused one says why beside it."""

    def load() -> None:
        if (file := st.session_state.get("settings-file")) is None:
            return
        try:
            put(read_settings(file.read((MOST_SETTINGS_MB << 20) + 1), visit.room.address, cls))
        except ValueError as error:
            st.session_state["settings-problem"] = str(error)

    help_text = f"A settings.json that this page wrote, at most {MOST_SETTINGS_MB} MB."
    st.file_uploader("Restore from a settings file", "json", key="settings-file", on_change=load, help=help_text, max_upload_size=MOST_SETTINGS_MB)
    if problem := st.session_state.pop("settings-problem", None):
        complain([problem])
