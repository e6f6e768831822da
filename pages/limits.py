"""The limits page: what becomes of averages, where it holds and where it fails."""

from functools import partial

import streamlit as st

from core import notebook
from core.distributions.words import say
from core.montecarlo.averages import Result
from core.montecarlo.limits import Limits, failure, numbers, run
from core.presets.limits import PRESETS, QUESTION
from core.reels.limits import limits
from pages._ui import controls, export, page, predict, start
from pages._ui.drive import drive
from pages._ui.stage import breathe, stage, wire

visit = page.open("limits")


@st.cache_data(max_entries=32, show_spinner=False)
def limits_wire(key: str, _result: Result) -> dict:
    """Return the reel as the player takes it; the key stands for the result."""
    return wire(limits(_result))


with st.sidebar:
    start.presets(visit, PRESETS)
    spec = controls.build(Limits, visit, fields=True)
    start.again(visit, spec)
page.complain(visit.problems)
guessed = predict.ask(visit, QUESTION)

# The stage

outcome = drive(partial(run, spec), spec.key(), spec.question.title)
result: Result = outcome.result
stage(
    limits_wire(f"{spec.key()} {outcome.done}", result),
    f"limits {type(spec.question).__name__} {guessed}".strip(),
    present=visit.present,
    announce=not visit.present,
)
if visit.present:
    st.stop()
breathe()
if trouble := failure(spec):
    st.warning(f"**{trouble.name}.** {trouble.why} *Cure:* {trouble.cure}", icon=":material/warning:")

# The numbers

st.header(f"{spec.question.title}: {spec.dist.title}", anchor=False)
st.markdown(" ".join((spec.question.__doc__ or "").split()))
rows = [f"| {name} | **{say(value)}** |" for name, value in numbers(result).items()]
st.markdown("\n".join(["| | value |", "|---|---|", *rows]))

# Explanation and the way out

page.lesson("limits")
st.header("Take it with you", anchor=False)
address = export.link(visit, spec)
title = f"{spec.question.title}, {spec.dist.title}"
export.shelf_of_files(
    visit,
    spec,
    address,
    partial(notebook.build, title, spec.dist.story, spec, run, numbers, numbers(result), [], address),
    {"limits.csv": (lambda: result.rows().to_csv(index=False).encode(), "text/csv")},
    {spec.question.title: partial(limits, result)},
)
controls.settings_door(visit, Limits)
