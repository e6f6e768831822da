"""Compare two laws: five distances follow the hand, each checked by draws."""

import math
from functools import partial

import streamlit as st

from core import notebook
from core.distributions import pair
from core.distributions.closed_kl import closed_kl
from core.distributions.coupling import NAMES
from core.distributions.pair import Compared, Course, Pair, numbers, run
from core.distributions.words import say
from core.presets.pair import PRESETS
from core.reels import pair as reels
from pages._ui import controls, export, page, shelf, start
from pages._ui.drive import drive
from pages._ui.stage import Hand, breathe, number, stage, wire

MEANS = {
    "KL(p‖q)": "Draws come from p and you bet by q: each costs you this many nats.",
    "KL(q‖p)": "The other way round: draws come from q, and you bet by p.",
    "JS": "What one draw tells, in nats, about which of the two it came from; at most log 2 = 0.693.",
    "TV": "The best guess which of the two a draw came from is right with probability (1 + TV) / 2, here {guess}.",
    "W1": "The least average distance, in units of x, over which the mass of p must be moved to become q.",
}
visit = page.open("compare")


@st.cache_data(max_entries=32, show_spinner=False)
def pair_wire(key: str, _course: Course, _now: float, intro: bool) -> dict:
    """Return the sweep as the player takes it; the key stands for the course, in which the present value is a tick."""
    return wire(reels.pair(_course, _now, intro))


# Controls

with st.sidebar:
    start.presets(visit, PRESETS)
    spec = controls.build(Pair, visit, fields=True)
    knobs = pair.knobs(spec)
    paths = {reels.spoken(path): path for path in knobs}
    laws = f"hand.{type(spec.p).__name__}.{type(spec.q).__name__}"
    first = next(label for label in paths if label.startswith("q"))
    hand_on = controls.pick("The hand is on", laws, [first, *(label for label in paths if label != first)], visit)
    start.again(visit, spec)
page.complain(visit.problems)

# The stage

path = paths[hand_on]
knob, value = knobs[path], spec.leaves()[path][1]


def let_go(hand: Hand) -> None:
    """Write where the slider rests into its number field, and so into the URL."""
    tick = number(hand, "value", *knob.bounds)
    if tick is not None:
        st.session_state[path] = knob.check(path, round(tick) if knob.step == 1 else tick)


invited = st.session_state.setdefault("invited to compare", not visit.query)
along = drive(partial(pair.course, spec, path), pair.course_key(spec, path), f"Distances along {hand_on}")
stage(
    pair_wire(f"{pair.course_key(spec, path)} {along.done}", along.result, value, invited),
    "compare",
    cursor=value,
    query={"key": path, "float": knob.step != 1},
    present=visit.present,
    announce=not visit.present,
    on_hand=let_go,
)
if visit.present:
    st.stop()
breathe()
st.button("Swap p and q", icon=":material/swap_horiz:", on_click=lambda: controls.put(spec.swapped()))

# The numbers

outcome = drive(partial(run, spec), spec.key(), "Checking by draws")
result: Compared = outcome.result
for trouble in pair.failures(result):
    st.warning(f"**{trouble.name}.** {trouble.why} *Cure:* {trouble.cure}", icon=":material/warning:")
st.header(f"{spec.p.title} against {spec.q.title}", anchor=False)
if result.checks:
    st.markdown(f"Each distance by quadrature, and again from {outcome.done:,} draws of each law, with the exact standard error of such an estimate.")
    rows = [f"| {each.name} | **{say(each.truth)}** | {say(each.value, 4)} | {say(each.standard_error, 2)} | {say(each.z, 3)} |" for each in result.checks]
    st.markdown("\n".join(["| | exact | from draws | standard error | z |", "|---|---|---|---|---|", *rows]))
    guess = f"{0.5 * (1 + result.exact.tv):.1%}"
    st.markdown("\n".join(f"- **{name}**: {words.format(guess=guess)}" for name, words in MEANS.items()))
if form := closed_kl(spec.p, spec.q):
    symbols, filled, exact = form
    st.markdown("These two have a closed form:")
    st.latex(rf"\mathrm{{KL}}(p\,\|\,q)={symbols}")
    st.latex(rf"={filled}={say(exact)}" if math.isfinite(exact) else rf"={filled}=\infty")

# Explanation and the way out

page.lesson("compare")
st.header("Take it with you", anchor=False)
address = export.link(visit, spec, {laws: hand_on} if hand_on != first else {})
export.shelf_of_files(
    visit,
    spec,
    address,
    partial(
        notebook.build,
        f"{spec.p.title} against {spec.q.title}",
        f"{', '.join(NAMES.values())}: how far apart two laws are.",
        spec.replace(n=outcome.done),
        run,
        numbers,
        numbers(result),
        [],
        address,
    ),
    {"distances.csv": (lambda: along.result.rows().to_csv(index=False).encode(), "text/csv")},
    {"Two laws": partial(reels.pair, along.result, value)},
)
controls.settings_door(visit, Pair)
shelf.offer("draws of two laws", partial(pair.frame, spec.replace(n=outcome.done)), visit.room.title, spec.key())
shelf.show()
