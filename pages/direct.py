"""Direct and ancestral sampling: the inverse CDF, Box-Muller, composition, and values that flow down the arrows of a model."""

import json
from functools import partial

import streamlit as st

from core import notebook
from core.distributions.words import say
from core.montecarlo.ancestral import Ancestral
from core.montecarlo.direct import Direct, Result, failure, numbers, run
from core.montecarlo.direct_formulas import tex
from core.montecarlo.intervals import Found
from core.presets.direct import PRESETS, QUESTION
from core.reels.direct_sampling import direct_sampling
from pages._ui import controls, export, nets, page, predict, shelf, start
from pages._ui.drive import drive
from pages._ui.stage import breathe, stage, wire

MOST_GHOST = 20_000  # characters
visit = page.open("direct")


@st.cache_data(max_entries=32, show_spinner=False)
def wired(key: str, _result: Result, _ghost: tuple | None) -> dict:
    """Return the reel as the player takes it; the key stands for the result and its ghost."""
    return wire(direct_sampling(_result, _ghost))


def keep(kept: Direct | None) -> None:
    """Keep an experiment as the ghost, or let it go; it lives in the link."""
    if kept is None:
        st.query_params.pop("ghost", None)
    else:
        st.query_params["ghost"] = ghost_text(kept)


def ghost_text(kept: Direct) -> str:
    """Write an experiment as the link's parameters, in which a model that is an example is one word."""
    return json.dumps(kept.to_query(), separators=(",", ":"))


def linked_ghost() -> Direct | None:
    """Read the ghost from the link; what is wrong with it becomes a sentence."""
    if not (text := st.query_params.get("ghost")):
        return None
    try:
        query = json.loads(text[:MOST_GHOST])
        found, problems = Direct.from_query({str(name): str(value) for name, value in query.items()})
    except (ValueError, AttributeError, RecursionError):
        query, found, problems = {}, None, ["ghost must be an experiment written by this page: take it out of the link"]
    if found and (unknown := [name for name in query if name not in found.leaves()]):
        problems.append(f"ghost must be an experiment written by this page, got {unknown[0][:60]}: take it out of the link")
    visit.problems.extend(problems)
    return None if problems else found


def truth_line(name: str, each: Found) -> str:
    """Return a row of the table of estimates."""
    return f"| {page.plain(name)} | {say(each.value, 4)} | {say(each.truth, 4)} | {say(each.standard_error, 2)} | {say(each.z, 3)} |"


with st.sidebar:
    start.presets(visit, PRESETS)
    spec = controls.build(Direct, visit, fields=True, own=nets.own(visit))
    start.again(visit, spec)
nets.forget(keep=isinstance(spec.question, Ancestral))
ghost: Direct | None = linked_ghost()
page.complain(visit.problems)
guessed = predict.ask(visit, QUESTION)

# The stage

outcome = drive(partial(run, spec), spec.key(), spec.question.title)
result: Result = outcome.result
before: Result | None = drive(partial(run, ghost), ghost.key(), "The ghost").result if ghost else None
same = ghost is not None and before is not None and before.asked() == result.asked()
trace = before.trace() if same else None
kind = type(spec.question).__name__
packed = wired(f"{spec.key()} {outcome.done} {ghost.key() if trace else ''}", result, trace)
high = {"BoxMuller": 600, "Ancestral": 560 if kind == "Ancestral" and max(spec.question.net.depth) > 2 else None}.get(kind)
stage(packed, f"{visit.room.address} {kind} {guessed}".strip(), height=None if visit.present else high, present=visit.present, announce=not visit.present)
if visit.present:
    st.stop()
breathe()
if trouble := failure(result):
    st.warning(f"**{trouble.name}.** {page.plain(trouble.why)} *Cure:* {trouble.cure}", icon=":material/warning:")
with st.container(horizontal=True, vertical_alignment="center"):
    st.button("Keep as ghost", icon=":material/content_copy:", on_click=keep, args=(spec,))
    if ghost and before:
        st.button("Drop the ghost", icon=":material/close:", on_click=keep, args=(None,))
        now, then = result.found(), before.found()
        gap = f"estimate **{now.value - then.value:+.4g}**, standard error **{now.standard_error - then.standard_error:+.3g}**"
        st.markdown(f"Now minus ghost: {gap}" if same else f"The ghost asks another question: {page.plain(before.asked())}.")
if isinstance(spec.question, Ancestral):
    nets.editor(spec.question.net)

# The numbers

st.header(spec.question.title, anchor=False)
st.markdown(" ".join((spec.question.__doc__ or "").split()))
for line in tex(result):
    st.latex(line)
st.markdown("\n".join(["| | estimate | exact | standard error | z |", "|---|---|---|---|---|", *(truth_line(*each) for each in result.checks().items())]))
rows = [f"| {name} | **{say(value)}** |" for name, value in result.numbers().items()]
st.markdown("\n".join([f"| {page.plain(result.asked())} | value |", "|---|---|", *rows]))

# Explanation and the way out

page.lesson("direct")
st.header("Take it with you", anchor=False)
address = export.link(visit, spec, {"ghost": ghost_text(ghost)} if ghost else {})
story = " ".join((spec.question.__doc__ or "").split())
export.shelf_of_files(
    visit,
    spec,
    address,
    partial(notebook.build, spec.question.title, story, spec, run, numbers, numbers(result), [], address),
    {"direct.csv": (lambda: export.to_csv(result.rows()), "text/csv")},
    {spec.question.title: partial(direct_sampling, result, trace)},
)
controls.settings_door(visit, Direct)
shelf.offer(f"{spec.question.title.lower()} draws", result.rows, visit.room.title, spec.key())
shelf.show()
