"""The relatives page: a map of families, and each of its arrows played with exact numbers."""

from functools import partial

import streamlit as st

from core import notebook
from core.distributions.kinship import Kin, Meetings, Result, failure, numbers, run
from core.distributions.relations.base import Meeting
from core.distributions.words import say
from core.presets.relatives import PRESETS
from core.reels.family_map import chosen
from core.reels.relations import play
from pages._ui import controls, export, kin, page, start
from pages._ui.drive import drive
from pages._ui.stage import Hand, breathe, number, stage, wire

HEIGHT = 540  # px, of a film
MOST_ROWS = 9  # of the table of distances
visit = page.open("relatives")


@st.cache_data(max_entries=32, show_spinner=False)
def play_wire(key: str, _result: Result) -> dict:
    """Return an edge's reel as the player takes it; the key stands for the result."""
    return wire(play(_result))


# Controls

kin.linked(visit)
with st.sidebar:
    start.presets(visit, PRESETS)
    kin.menu(visit)
    spec = controls.build(Kin, visit, fields=True)
    start.again(visit, spec)
page.complain(visit.problems)
edge = spec.edge
family = chosen(type(edge), kin.linked(visit)[1])

# The map

if not visit.present or visit.query.get("view") == "map":
    kin.show_map(visit, type(edge), family)
    if visit.present:
        st.stop()

# The stage: the chosen arrow

if not visit.present:
    st.header(edge.title, anchor=False)
    st.markdown(f"*{edge.kind.capitalize()}.* {edge.statement()} [Reference]({edge.reference})")
frames = spec.frames()
outcome = drive(partial(run, frames), frames.key(), edge.title)
result: Result = outcome.result
running = edge.running if isinstance(edge, Meeting) else ""
field = f"edge.{type(edge).__name__}.{running}"


def let_go(hand: Hand) -> None:
    """Write where the slider rests into its number field, and so into the URL."""
    knob = edge.params()[running]
    tick = number(hand, "value", *knob.bounds)
    if tick is not None:
        st.session_state[field] = knob.check(running, round(tick) if knob.step == 1 else tick)


stage(
    play_wire(f"{frames.key()} {outcome.done}", result),
    f"edge {type(edge).__name__}",
    cursor=getattr(edge, running) if running else None,
    query={"key": field, "float": edge.params()[running].step != 1} if running else None,
    height=None if visit.present else HEIGHT,
    present=visit.present,
    on_hand=let_go if running else None,
)
if visit.present:
    st.stop()
breathe()
if trouble := failure(spec):
    st.warning(f"**{trouble.name}.** {trouble.why} *Cure:* {trouble.cure}", icon=":material/warning:")

# The numbers

st.latex(edge.tex)
if isinstance(result, Meetings):
    rows = result.rows()
    rows = rows.iloc[:: -(-len(rows) // MOST_ROWS)]
    head, table = list(rows.columns), [[say(value, 6 if place == 0 else 4) for place, value in enumerate(row)] for row in rows.itertuples(index=False)]
else:
    head, table = ["", "value"], [[name, f"**{say(value, 5)}**"] for name, value in numbers(result).items()]
st.markdown("\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *table)))
kin.show_relatives(visit, family)

# Explanation and the way out

page.lesson("relatives")
st.header("Take it with you", anchor=False)
address = export.link(visit, spec, {"family": family.title} if family is not edge.source else {})
export.shelf_of_files(
    visit,
    spec,
    address,
    partial(notebook.build, edge.title, edge.statement(), spec, run, numbers, numbers(result), [], address),
    {"relation.csv": (lambda: result.rows().to_csv(index=False).encode(), "text/csv")},
    {edge.title: partial(play, result)},
)
controls.settings_door(visit, Kin)
