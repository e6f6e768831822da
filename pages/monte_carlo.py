"""Monte Carlo π: darts, repeats, a race, needles and balls, each beside its truth and with its error."""

import json
from functools import partial

import streamlit as st

from core import notebook
from core.distributions.words import say
from core.montecarlo.ball import DIMENSIONS, Ball
from core.montecarlo.formulas import tex
from core.montecarlo.integral import Integrated
from core.montecarlo.pi import MonteCarlo, Result, failure, numbers, run
from core.params import Record
from core.presets.monte_carlo import HUNDREDTH, PRESETS, QUESTION
from core.reels.monte_carlo import monte_carlo
from pages._ui import controls, export, page, predict, shelf, start
from pages._ui.drive import drive
from pages._ui.stage import Hand, breathe, number, stage, wire

visit = page.open("monte_carlo")
GHOST = Record(MonteCarlo(), "Ghost")


@st.cache_data(max_entries=32, show_spinner=False)
def wired(key: str, _result: Result, _ghost: tuple | None, intro: bool) -> dict:
    """Return the reel as the player takes it; the key stands for the result and its ghost."""
    return wire(monte_carlo(_result, _ghost, intro))


def hundredth() -> None:
    """Take up the experiment whose standard error is 0.01, on a stage of its own that shows the final picture at once."""
    st.session_state["at-rest"] = st.session_state.get("at-rest", 0) + 1
    controls.put(HUNDREDTH.spec)


def keep(kept: MonteCarlo | None) -> None:
    """Keep an experiment as the ghost, or let it go; it lives in the link."""
    if kept is None:
        st.query_params.pop("ghost", None)
    else:
        st.query_params["ghost"] = json.dumps(kept.to_dict(), separators=(",", ":"))


def spare(path: str, asked: dict) -> bool:
    """Say that a side of the box has nothing to say: that of a variable which the integral does not have."""
    side = path.removeprefix("question.Integral.")
    return side[:1] in ("y", "z") and side[1:] in ("_low", "_high") and "xyz".index(side[0]) >= asked.get("question.Integral.d", 1)


with st.sidebar:
    start.presets(visit, PRESETS)
    if not visit.present:
        st.button("To a standard error of 0.01", icon=":material/target:", on_click=hundredth, width="stretch")
    spec = controls.build(MonteCarlo, visit, fields=True, spare=spare)
    start.again(visit, spec)
ghost: MonteCarlo | None = controls.linked_part(visit, "ghost", GHOST)
page.complain(visit.problems)
guessed = predict.ask(visit, QUESTION)

# The stage

outcome = drive(partial(run, spec), spec.key(), spec.question.title)
result: Result = outcome.result
before: Result | None = drive(partial(run, ghost), ghost.key(), "The ghost").result if ghost else None
alike = isinstance(before, Integrated) == isinstance(result, Integrated)  # an integral's estimates are not of π
trace = before.trace() if ghost and alike and hasattr(before, "trace") else None
pale = ghost.key() if ghost and trace else ""
kind = type(spec.question).__name__
field = "question.Ball.d"


def let_go(hand: Hand) -> None:
    """Write the dimension at which the slider of the balls rests into its field, and so into the URL."""
    if tick := number(hand, "value", *DIMENSIONS[[0, -1]]):
        st.session_state[field] = round(tick)


swept = {"cursor": spec.question.d, "query": {"key": field, "float": False}, "on_hand": let_go} if isinstance(spec.question, Ball) else {}
clicks = st.session_state.get("at-rest", 0)
packed = wired(f"{spec.key()} {outcome.done} {pale}", result, trace, not clicks)
stage(packed, f"{visit.room.address} {kind} {guessed} {clicks or ''}", present=visit.present, announce=not visit.present, **swept)
if visit.present:
    st.stop()
breathe()
if trouble := failure(result):
    st.warning(f"**{trouble.name}.** {trouble.why} *Cure:* {trouble.cure}", icon=":material/warning:")
with st.container(horizontal=True, vertical_alignment="center"):
    st.button("Keep as ghost", icon=":material/content_copy:", on_click=keep, args=(spec,))
    if ghost and before:
        st.button("Drop the ghost", icon=":material/close:", on_click=keep, args=(None,))
        now, then = result.found(), before.found()
        same = type(ghost.question) is type(spec.question)
        gap = f": estimate **{now.value - then.value:+.4g}**, standard error **{now.standard_error - then.standard_error:+.3g}**" if same else ""
        st.markdown(f"Now minus ghost `{ghost!r}`{gap}" if same else f"The ghost `{ghost!r}` asks another question.")

# The numbers

st.header(spec.question.title, anchor=False)
st.markdown(" ".join((spec.question.__doc__ or "").split()))
for line in tex(result):
    st.latex(line)
rows = [f"| {name} | **{say(value)}** |" for name, value in numbers(result).items()]
st.markdown("\n".join(["| | value |", "|---|---|", *rows]))

# Explanation and the way out

page.lesson("monte_carlo")
st.header("Take it with you", anchor=False)
address = export.link(visit, spec, {"ghost": json.dumps(ghost.to_dict(), separators=(",", ":"))} if ghost else {})
story = " ".join((spec.question.__doc__ or "").split())
export.shelf_of_files(
    visit,
    spec,
    address,
    partial(notebook.build, spec.question.title, story, spec, run, numbers, numbers(result), [], address),
    {"monte-carlo.csv": (lambda: result.rows().to_csv(index=False).encode(), "text/csv")},
    {spec.question.title: partial(monte_carlo, result, trace)},
)
controls.settings_door(visit, MonteCarlo)
shelf.offer(f"{spec.question.title.lower()} estimates", result.rows, visit.room.title, spec.key())
shelf.show()
