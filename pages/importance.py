"""Importance sampling: draws of one law that speak for another, what their error bars are worth, and when they lie."""

import json
from functools import partial

import streamlit as st

from core import notebook
from core.distributions.words import say
from core.montecarlo.importance import Importance, Result, failure, fitness, numbers, run
from core.montecarlo.importance_coverage import Coverage, Covered, check
from core.montecarlo.importance_dimension import Dimension
from core.montecarlo.importance_expectation import Expectation, Weighed, Weighing
from core.montecarlo.importance_formulas import tex
from core.montecarlo.importance_hand import moved
from core.montecarlo.rare import Rare
from core.params import Record
from core.presets.importance import PRESETS, QUESTION
from core.reels.importance import importance
from core.targets.typed import Typed
from pages._ui import controls, export, page, predict, shelf, start
from pages._ui.drive import drive
from pages._ui.stage import Hand, breathe, number, stage, wire

visit = page.open("importance")
GHOST = Record(Importance(), "Ghost")
SWEPT = {Rare: "t", Dimension: "d"}


@st.cache_data(max_entries=32, show_spinner=False)
def wired(key: str, _result: Result, _ghost: tuple | None) -> dict:
    """Return the reel as the player takes it; the key stands for the result and its ghost."""
    return wire(importance(_result, _ghost))


def keep(kept: Importance | None) -> None:
    """Keep an experiment as the ghost, or let it go; it lives in the link."""
    if kept is None:
        st.query_params.pop("ghost", None)
    else:
        st.query_params["ghost"] = json.dumps(kept.to_dict(), separators=(",", ":"))


with st.sidebar:
    start.presets(visit, PRESETS)
    spec = controls.build(Importance, visit, fields=True)
    start.again(visit, spec)
ghost: Importance | None = controls.linked_part(visit, "ghost", GHOST)
page.complain(visit.problems)
guessed = predict.ask(visit, QUESTION)

# The stage

question, kind = spec.question, type(spec.question).__name__
outcome = drive(partial(run, spec), spec.key(), question.title)
result: Result = outcome.result
before: Result | None = drive(partial(run, ghost), ghost.key(), "The ghost").result if ghost else None
trace = before.trace() if isinstance(before, Weighed) else None
pale = ghost.key() if ghost and trace else ""


def let_go(hand: Hand) -> None:
    """Write where a grip or a slider rests into its fields, and so into the URL."""
    if name := SWEPT.get(type(question)):
        knob = question.params()[name]
        if (tick := number(hand, "value", *knob.bounds)) is not None:
            st.session_state[f"question.{kind}.{name}"] = round(tick) if name == "d" else tick
        return
    law, _, grip = str(hand.get("name")).partition(".")
    which, place = {"p": "target", "q": "proposal"}.get(law), number(hand, "x", -1e12, 1e12)
    if which is None or grip not in ("middle", "width") or place is None:
        return
    try:
        new = moved(getattr(question, which), grip, place)
    except ValueError as error:
        st.session_state["hand-problem"] = str(error)
        return
    for path, (_, value) in new.leaves(f"question.{kind}.{which}.{type(new).__name__}").items():
        st.session_state[path] = value


name = SWEPT.get(type(question))
swept = {"cursor": getattr(question, name), "query": {"key": f"question.{kind}.{name}", "float": name == "t"}} if name else {}
packed = wired(f"{spec.key()} {outcome.done} {pale}", result, trace)
stage(packed, f"{visit.room.address} {kind} {guessed}", present=visit.present, announce=not visit.present, on_hand=let_go, **swept)
if visit.present:
    st.stop()
breathe()
if problem := st.session_state.pop("hand-problem", None):
    page.complain([problem])
if isinstance(question, Weighing) and isinstance(question.target, Typed):
    for note in question.target.notes():
        st.caption(f"Of the target: {page.plain(note)}.")
if trouble := failure(result):
    st.warning(f"**{trouble.name}.** {trouble.why} *Cure:* {trouble.cure}", icon=":material/warning:")
if isinstance(question, Expectation):
    st.markdown(f"**Are the weights fit for use?** {fitness(result, trouble)}")
    if repeats := check(question):
        covered: Covered = drive(partial(repeats.run, spec.seed), f"coverage {spec.key()}", "How often such intervals hold").result
        held, other = covered.found(), covered.found("normalised" if question.reported == "plain" else "plain")
        st.markdown(
            f"**Do such intervals hold?** Of {len(covered.ends):,} runs with other seeds the 95 % interval held the truth in **{held.value:.1%}** "
            f"({held.low:.1%} to {held.high:.1%}); that of the other estimate in {other.value:.1%}."
        )
with st.container(horizontal=True, vertical_alignment="center"):
    st.button("Keep as ghost", icon=":material/content_copy:", on_click=keep, args=(spec,))
    if isinstance(question, Expectation):
        again = Importance(Coverage(question.target, question.proposal, question.f, question.n, reported=question.reported), spec.seed)
        st.button("See the intervals", icon=":material/align_vertical_center:", on_click=controls.put, args=(again,))
    if ghost and before:
        st.button("Drop the ghost", icon=":material/close:", on_click=keep, args=(None,))
        now, then, same = result.found(), before.found(), type(ghost.question) is type(question)
        gap = f": estimate **{now.value - then.value:+.4g}**, standard error **{now.standard_error - then.standard_error:+.3g}**"
        st.markdown(f"Now minus ghost `{ghost!r}`{gap}" if same else f"The ghost `{ghost!r}` asks another question.")

# The numbers

story = " ".join((question.__doc__ or "").partition("\n\n")[0].split())
st.header(question.title, anchor=False)
st.markdown(story)
for line in tex(result):
    st.latex(line)
st.markdown("\n".join(["| | value |", "|---|---|", *(f"| {name} | **{say(value)}** |" for name, value in numbers(result).items())]))

# Explanation and the way out

page.lesson("importance")
st.header("Take it with you", anchor=False)
address = export.link(visit, spec, {"ghost": json.dumps(ghost.to_dict(), separators=(",", ":"))} if ghost else {})
export.shelf_of_files(
    visit,
    spec,
    address,
    partial(notebook.build, question.title, story, spec, run, numbers, numbers(result), [], address),
    {"importance.csv": (lambda: result.rows().to_csv(index=False).encode(), "text/csv")},
    {question.title.rstrip("?"): partial(importance, result, trace)},
)
controls.settings_door(visit, Importance)
shelf.offer(f"{question.title.lower().rstrip('?')} draws", result.rows, visit.room.title, spec.key())
shelf.show()
