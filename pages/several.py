"""Several variables: laws in the plane, on the triangle and of ellipses, as they follow the hand."""

from functools import partial

import streamlit as st

from core import notebook
from core.distributions.explore import Estimate
from core.distributions.files import MOST_JSON
from core.distributions.multivariate import files
from core.distributions.multivariate.base import Multivariate
from core.distributions.multivariate.several import Rows, Several, failure, numbers, run
from core.distributions.multivariate.words import moments_tex
from core.distributions.words import say, tex
from core.presets.multivariate import PRESETS
from core.reels import multivariate as sweep_reel
from core.reels.arrivals import arrivals
from core.reels.sweep import spoken, sweepable
from pages._ui import controls, export, page, shelf, start
from pages._ui.drive import drive
from pages._ui.stage import Hand, breathe, number, stage, wire

visit = page.open("several")


@st.cache_data(max_entries=64, show_spinner=False)
def sweep_wire(key: str, _law: Multivariate, path: str, seed: int, intro: bool) -> dict:
    """Return the sweep as the player takes it; the key stands for the law."""
    return wire(sweep_reel.sweep(_law, path, seed, intro))


@st.cache_data(max_entries=32, show_spinner=False)
def arrivals_wire(key: str, _rows: Rows) -> dict:
    """Return the draws as they arrive, as the player takes them."""
    return wire(arrivals(_rows))


def truth_line(each: Estimate) -> str:
    """Return a row of the table of estimates."""
    return f"| {page.plain(each.name)} | {say(each.value, 5)} | {say(each.truth, 5)} | {say(each.standard_error, 3)} | {say(each.z, 3)} |"


# Controls

with st.sidebar:
    start.presets(visit, PRESETS)
    spec = controls.build(Several, visit, fields=True)
    law, name = spec.law, type(spec.law).__name__
    paths = {spoken(path): path for path in sorted(sweepable(law), key=lambda path: path != law.lead)}
    hand_on = controls.pick("The hand is on", f"hand.{name}", list(paths), visit)
    path = paths[hand_on]
    start.again(visit, spec)
page.complain(visit.problems)

# The stage: all ticks of one slider at once

field = f"law.{name}.{path}"
knob, value = law.leaves()[path]


def let_go(hand: Hand) -> None:
    """Write where the slider rests into its number field, and so into the URL."""
    tick = number(hand, "value", *knob.bounds)
    if tick is not None:
        st.session_state[field] = knob.check(path, round(tick) if knob.step == 1 else tick)


invited = st.session_state.setdefault("invited-several", not visit.query)  # who comes by a link sees its state at rest
stage(
    sweep_wire(sweep_reel.key(law, path, spec.seed), law, path, spec.seed, invited),
    "several",
    cursor=value,
    query={"key": field, "float": knob.step != 1},
    present=visit.present,
    announce=not visit.present,
    on_hand=let_go,
)
if visit.present:
    st.stop()
breathe()

# The law in words and numbers

st.header(law.title, anchor=False)
st.markdown(f"{law.story} [Reference]({law.reference})")
st.latex(tex(law, law.density))
st.latex(tex(law, law.density, numbers=True))
st.latex(moments_tex(law))

# Draws

st.header("Draws as they arrive", anchor=False)
outcome = drive(partial(run, spec), spec.key(), "Drawing rows")
rows: Rows = outcome.result
drawn = spec.replace(n=outcome.done)  # what is taken away is what is shown, also after Stop
stage(arrivals_wire(f"{spec.key()} {outcome.done}", rows), f"arrivals {name}")
if trouble := failure(spec):
    st.warning(f"**{trouble.name}.** {trouble.why} *Cure:* {trouble.cure}", icon=":material/warning:")
st.markdown("\n".join(["| | draws | exact | standard error | z |", "|---|---|---|---|---|", *map(truth_line, rows.estimates())]))

# Explanation and the way out

page.lesson("several")
st.header("Take it with you", anchor=False)
address = export.link(visit, spec, {f"hand.{name}": hand_on} if hand_on != next(iter(paths)) else {})
export.shelf_of_files(
    visit,
    spec,
    address,
    partial(notebook.build, law.title, law.story, drawn, run, numbers, numbers(rows), [], address),
    {
        "draws.csv": (partial(files.to_csv, drawn), "text/csv"),
        "draws.json": (partial(files.to_json, drawn) if drawn.n * law.dim <= MOST_JSON else None, "application/json"),
        "draws.parquet": (partial(files.to_parquet, drawn), "application/vnd.apache.parquet"),
    },
    {f"Sweep of {law.title}": partial(sweep_reel.sweep, law, path, spec.seed), "Draws as they arrive": partial(arrivals, rows)},
)
controls.settings_door(visit, Several)
shelf.offer(f"{law.title.lower()} draws", partial(files.to_frame, drawn), visit.room.title, drawn.key())
shelf.show()
