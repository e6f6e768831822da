"""Updating: a belief learns from one observation after another."""

from functools import partial

import streamlit as st

from core import notebook
from core.distributions.base import Distribution
from core.distributions.updating import Learned, Updating, failures, numbers, promised, run
from core.distributions.words import say
from core.presets.updating import PRESETS, QUESTION
from core.reels.updating import updating
from pages._ui import controls, export, page, predict, shelf, start
from pages._ui.drive import drive
from pages._ui.stage import breathe, stage, wire

visit = page.open("updating")


@st.cache_data(max_entries=32, show_spinner=False)
def updating_wire(key: str, _result: Learned) -> dict:
    """Return the reel as the player takes it; the key stands for the result."""
    return wire(updating(_result))


def brief(law: Distribution) -> str:
    """Write a law with four digits of its parameters."""
    return f"`{type(law).__name__}({', '.join(f'{name}={say(value, 4)}' for name, (_, value) in law.leaves().items())})`"


def row(name: str, value: str, note: str) -> str:
    """Return a row of the table of numbers."""
    return f"| {name} | **{value}** {note} |"


with st.sidebar:
    start.presets(visit, PRESETS)
    spec = controls.build(Updating, visit, fields=True)
    start.again(visit, spec)
page.complain(visit.problems)
guessed = predict.ask(visit, QUESTION)

# The stage

outcome = drive(partial(run, spec), spec.key(), "Learning")
result: Learned = outcome.result
stage(updating_wire(f"{spec.key()} {outcome.done}", result), f"updating {guessed}".strip(), present=visit.present, announce=not visit.present)
if visit.present:
    st.stop()
breathe()
for trouble in failures(result):
    st.warning(f"**{trouble.name}.** {trouble.why} *Cure:* {trouble.cure}", icon=":material/warning:")

# The numbers

pair, shown, last = spec.pair, numbers(result), result.updates[-1]
st.header(pair.title, anchor=False)
st.markdown(" ".join((pair.__doc__ or "").split()))
inside = "inside the interval" if shown["the interval holds the truth (1: yes)"] else "outside the interval"
kept = f"holds the truth in {promised(pair):.0%} of all cases" + (" when truths are drawn from the prior" if promised(pair) == promised(type(pair)()) else "")
spread = f"{say(last.prior.mean(), 4)} ± {say(last.prior.sd(), 3)}"
ahead = f"{say(shown['mean of the next value'], 4)} ± {say(shown['standard deviation of the next value'], 3)}"
rows = [
    row("prior", spread, brief(last.prior)),
    row(f"posterior after {len(result.data):,}", f"{say(shown['posterior mean'])} ± {say(shown['posterior standard deviation'], 3)}", brief(last.posterior)),
    row("the data alone", say(shown["the data alone"]), f"maximum likelihood for the {pair.parameter}"),
    row("95 % interval", f"{say(shown['95 % interval, low'], 4)} to {say(shown['95 % interval, high'], 4)}", kept),
    row("truth", say(shown["truth"]), inside),
    row("next value", ahead, brief(last.predictive)),
    row("log evidence", say(shown["log evidence"]), "log of the probability (density) that prior and likelihood gave to these data"),
    row(
        "prior predictive tail", say(shown["prior predictive tail"], 3), "how rare the prior holds data this far out; below 0.01 the two contradict each other"
    ),
]
st.markdown("\n".join(["| | mean ± standard deviation, or the number |", "|---|---|", *rows]))

# Explanation and the way out

page.lesson("updating")
st.header("Take it with you", anchor=False)
address = export.link(visit, spec)
made = spec.replace(n=outcome.done)
export.shelf_of_files(
    visit,
    spec,
    address,
    partial(notebook.build, f"Updating: {pair.title.lower()}", " ".join((pair.__doc__ or "").split()), made, run, numbers, shown, [], address),
    {"updating.csv": (lambda: result.rows().to_csv(index=False).encode(), "text/csv")},
    {"Updating": partial(updating, result)},
)
controls.settings_door(visit, Updating)
shelf.offer("observations and beliefs", result.rows, visit.room.title, made.key())
shelf.show()
