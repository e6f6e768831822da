"""A law on its page: the same curve under other names, its story, its formulas with the current numbers, and its code."""

from __future__ import annotations

import streamlit as st

from core.distributions.base import Distribution
from core.distributions.namings import Naming, namings
from core.distributions.namings.naming import said
from core.distributions.snippets import LANGUAGES, snippet
from core.distributions.words import numbers_table, tex
from core.params import Real
from pages._ui import controls
from pages._ui.page import Visit, plain

OWN = "its own numbers only"
HELP = "The same curve in the numbers of another book or program."


def named_by(dist: Distribution, prefix: str, visit: Visit) -> Naming | None:
    """Draw the menu of other namings and the number fields of the one picked; None stands for the family's own.

    A number typed into such a field moves the family's own fields; its other numbers in this naming stay.
    """
    others, key = {each.title: each for each in namings(dist)[1:]}, f"named.{type(dist).__name__}"
    if not others:
        return None
    titles = [OWN, *others]
    linked = visit.query.get(key, OWN)
    if visit.present or "named" in visit.hidden:
        naming = others.get(linked)
        return naming if naming and _has_numbers(naming, dist) else None
    picked = st.selectbox("Also named by", titles, titles.index(linked) if linked in titles else 0, key=key, help=HELP, bind="query-params")
    return _fields(dist, others[picked], prefix) if picked in others else None


def _fields(dist: Distribution, naming: Naming, prefix: str) -> Naming | None:
    """Draw a field for each number of a naming; where it has none for this member it says so, and None comes back."""
    if problem := st.session_state.pop("renamed-problem", None):
        st.caption(plain(problem))
    try:
        values = naming.to(dist)
    except ValueError as error:
        st.caption(plain(str(error)))
        return None
    for name, knob in naming.fields.items():
        key = f"renamed:{name}"
        st.session_state[key] = values[name]
        low, high = (min(max(float(end), -1e15), 1e15) for end in knob.bounds) if isinstance(knob, Real) else (None, None)
        st.number_input(
            knob.label, low, high, format="%.6g", key=key, help=knob.help or None, step=float(knob.step), on_change=_retyped, args=(dist, naming, name, prefix)
        )
    if naming.used_by:
        st.caption(f"Met in: {naming.used_by}")
    return naming


def _has_numbers(naming: Naming, dist: Distribution) -> bool:
    try:
        naming.to(dist)
    except ValueError:
        return False
    return True


def let_go(dist: Distribution, naming: Naming, name: str, value: float, prefix: str) -> None:
    """Move one number of a naming to a value, from a callback; what no member has is said beside the fields."""
    try:
        move(naming.moved(dist, name, value), prefix)
    except ValueError as error:
        st.session_state["renamed-problem"] = str(error)


def _retyped(dist: Distribution, naming: Naming, name: str, prefix: str) -> None:
    let_go(dist, naming, name, st.session_state[f"renamed:{name}"], prefix)


def move(dist: Distribution, prefix: str) -> None:
    """Write a member into the family's own fields, from a callback."""
    for path, (_, value) in dist.leaves(prefix).items():
        st.session_state[path] = value


def told(dist: Distribution, naming: Naming | None, visit: Visit) -> None:
    """Tell what the law is, when to use it, its formulas and numbers, and how to write it in four languages."""
    st.header(f"{dist.title}: the exact numbers", anchor=False)
    st.markdown(f"{dist.story} [Reference]({dist.reference})")
    if dist.use:
        st.markdown(f"**When to use it.** {dist.use}")
    st.latex(tex(dist, dist.density))
    if naming:
        st.markdown(f"By **{said(naming.title)}** the same density is written, with symbols and with the current numbers:")
        st.latex(naming.formula(dist))
        st.latex(naming.formula(dist, numbers=True))
    st.markdown(numbers_table(dist))
    language = controls.pick("Code in", "code", [each.title for each in LANGUAGES], visit)
    st.code(snippet(dist, language), next(each.highlighter for each in LANGUAGES if each.title == language))
