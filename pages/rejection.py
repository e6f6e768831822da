"""Rejection: darts under an envelope, what is kept and what is wasted, and where the envelope is pierced."""

import json
import math
from functools import partial

import streamlit as st

from core import notebook
from core.distributions.words import say
from core.montecarlo.rejection import Rejection, failure, notes, numbers, run
from core.montecarlo.rejection_cost import Cost, Costs
from core.montecarlo.rejection_drawn import Drawn
from core.montecarlo.rejection_formulas import tex
from core.params import Record
from core.presets.rejection import DARTS, DIMENSIONS, PRESETS, QUESTION
from core.reels.rejection import rejection
from pages._ui import controls, export, page, predict, shelf, start, targets
from pages._ui.drive import drive
from pages._ui.rejection import fit, moved, spare
from pages._ui.stage import breathe, stage, wire

visit = page.open("rejection")


@st.cache_data(max_entries=32, show_spinner=False)
def wired(key: str, _result: Drawn | Costs, _ghost: tuple | None, intro: bool) -> dict:
    """Return the reel as the player takes it; the key stands for the result and its ghost."""
    return wire(rejection(_result, _ghost, intro))


def keep(kept: Rejection | Cost | None) -> None:
    """Keep an experiment as the ghost, or let it go; it lives in the link."""
    if kept is None:
        st.query_params.pop("ghost", None)
    else:
        st.query_params["ghost"] = json.dumps(kept.to_dict(), separators=(",", ":"))


with st.sidebar:
    start.presets(visit, PRESETS)
    show = controls.pick("Experiment", "show", [DARTS, DIMENSIONS], visit)
    kind = Cost if show == DIMENSIONS else Rejection
    spec = controls.build(kind, visit, fields=True, spare=spare)
    erase = targets.brush(spec.target, visit) if isinstance(spec, Rejection) else False
    start.again(visit, spec)
of_the_other = st.query_params.get("ghost", "").startswith(f'{{"type":"{(Rejection if kind is Cost else Cost).__name__}"')
ghost = None if of_the_other else controls.linked_part(visit, "ghost", Record(kind(), "Ghost"))
page.complain(visit.problems)
guessed = predict.ask(visit, QUESTION)

# The stage

result: Drawn | Costs = (outcome := drive(partial(run, spec), spec.key(), spec.title)).result
before: Drawn | Costs | None = drive(partial(run, ghost), ghost.key(), "The ghost").result if ghost else None
alike = isinstance(before, Drawn) and isinstance(spec, Rejection) and before.spec.what == spec.what
trace = before.trace() if alike else None
packed = wired(f"{spec.key()} {outcome.done} {ghost.key() if alike else ''}", result, trace, True)
name = f"rejection {'d' if isinstance(result, Costs) else spec.target.dim} {isinstance(result, Drawn) and bool(result.hulls)} {guessed}"
stage(packed, name, present=visit.present, announce=not visit.present, **moved(result, erase))
if visit.present:
    st.stop()
breathe()
if trouble := failure(result):
    st.warning(f"**{trouble.name}.** {page.plain(trouble.why)} *Cure:* {trouble.cure}", icon=":material/warning:")
for sentence in notes(result):
    st.info(page.plain(sentence), icon=":material/info:")
with st.container(horizontal=True, vertical_alignment="center"):
    if isinstance(spec, Rejection):
        st.button("Fit the envelope", icon=":material/fit_screen:", on_click=fit, args=(spec,), help="By the target, with M found.")
    st.button("Keep as ghost", icon=":material/content_copy:", on_click=keep, args=(spec,))
    if ghost and before:
        st.button("Drop the ghost", icon=":material/close:", on_click=keep, args=(None,))
        now, then = result.found(), before.found()
        gap = f"estimate **{now.value - then.value:+.4g}**, standard error **{now.standard_error - then.standard_error:+.3g}**"
        if isinstance(result, Drawn):
            gap += f", share kept **{result.acceptance().value - before.acceptance().value:+.2%}**"
        st.markdown(f"Now minus ghost `{ghost!r}`: {gap}" if alike or isinstance(result, Costs) else f"The ghost `{ghost!r}` estimates something else.")

# The numbers

st.header(spec.title, anchor=False)
story = " ".join((type(spec).__doc__ or "").split("\n\n")[0].split())
st.markdown(story)
for line in tex(result):
    st.latex(line)
rows = [f"| {name} | **{say(value)}** |" for name, value in numbers(result).items()]
st.markdown("\n".join(["| | value |", "|---|---|", *rows]))
if isinstance(result, Drawn) and math.isfinite(result.log_m) and not result.hulls:
    st.caption(page.plain(f"The envelope as it stands: {result.envelope!r}"))

# Explanation and the way out

page.lesson("rejection")
st.header("Take it with you", anchor=False)
also = ({"show": show} if show != DARTS else {}) | ({"ghost": json.dumps(ghost.to_dict(), separators=(",", ":"))} if ghost else {})
address = export.link(visit, spec, also)
export.shelf_of_files(
    visit,
    spec,
    address,
    partial(notebook.build, spec.title, story, spec, run, numbers, numbers(result), [], address),
    {"rejection.csv": (lambda: result.rows().to_csv(index=False).encode(), "text/csv")},
    {"Rejection": partial(rejection, result, trace)},
)
controls.settings_door(visit, kind)
shelf.offer("accepted draws" if isinstance(spec, Rejection) else "acceptance by dimension", result.rows, visit.room.title, spec.key())
shelf.show()
