"""The distribution explorer: drag a parameter, and the curves and every exact number follow the hand."""

import json
from functools import partial

import streamlit as st

from core import notebook
from core.distributions import files
from core.distributions.base import Distribution
from core.distributions.explore import Draws, Estimate, Explore, failure, numbers, run
from core.distributions.namings.naming import Naming, own, said
from core.distributions.words import QUANTITIES, say
from core.presets.distributions import PRESETS
from core.reels import direct as direct_reel
from core.reels import sweep as sweep_reel
from pages._ui import controls, export, page, quantiles, shelf, show, start
from pages._ui import law as law_words
from pages._ui.drive import drive
from pages._ui.stage import Hand, breathe, number, stage, wire

visit = page.open("distributions")


@st.cache_data(max_entries=64, show_spinner=False)
def sweep_wire(key: str, _dist: Distribution, path: str, _ghost: Distribution | None, intro: bool, side: str, _naming: Naming | None) -> dict:
    """Return the sweep as the player takes it; the key stands for the arguments with a bar before them."""
    return wire(sweep_reel.sweep(_dist, path, _ghost, intro, side, _naming))


@st.cache_data(max_entries=32, show_spinner=False)
def direct_wire(key: str, _draws: Draws) -> dict:
    """Return direct sampling as the player takes it."""
    return wire(direct_reel.direct(_draws))


def truth_line(each: Estimate) -> str:
    """Return a row of the table of estimates."""
    return f"| {each.name} | {say(each.value)} | {say(each.truth)} | {say(each.standard_error, 3)} | {say(each.z, 3)} |"


# Controls

with st.sidebar:
    start.presets(visit, PRESETS)
    spec = controls.build(Explore, visit, fields=True)
    dist, law = spec.dist, type(spec.dist).__name__
    naming = law_words.named_by(dist, f"dist.{law}", visit)
    paths = {said(knob.label) if naming else sweep_reel.spoken(path): path for path, knob in sweep_reel.sweepable(dist, naming).items()}
    hand_key = f"hand.{law}" + (f".{naming.title}" if naming else "")
    hand_on = controls.pick("The hand is on", hand_key, list(paths), visit)
    path = paths[hand_on]
    side = controls.pick("At the side", "side", list(sweep_reel.SIDES), visit)
    start.again(visit, spec)
ghost = controls.linked_part(visit, "ghost", Explore.params()["dist"])
page.complain(visit.problems)

# The stage: all ticks of one slider at once

field = f"dist.{law}.{path}"
knob, value = sweep_reel.sweepable(dist, naming)[path], (naming or own(dist)).to(dist)[path]


def let_go(hand: Hand) -> None:
    """Write where the slider rests into its number field, and so into the URL."""
    tick = number(hand, "value", *knob.bounds)
    if tick is not None and naming:
        law_words.let_go(dist, naming, path, tick, f"dist.{law}")
    elif tick is not None:
        st.session_state[field] = knob.check(path, round(tick) if knob.step == 1 else tick)


def keep(kept: Distribution | None) -> None:
    """Keep a setting as the ghost, or let it go; it lives in the link."""
    if kept is None:
        st.query_params.pop("ghost", None)
    else:
        st.query_params["ghost"] = json.dumps(kept.to_dict(), separators=(",", ":"))


invited = st.session_state.setdefault("invited", not visit.query)  # who comes by a link sees its state at rest
others = sweep_reel.frame_key(dist, path, ghost, naming=naming)
stage(
    sweep_wire(others, dist, path, ghost, invited, side, naming),
    "sweep",
    cursor=value,
    query=None if naming else {"key": field, "float": knob.step != 1},
    present=visit.present,
    announce=not visit.present,
    on_hand=let_go,
)
if visit.present:
    st.stop()
breathe()
with st.container(horizontal=True, vertical_alignment="center"):
    st.button("Keep as ghost", icon=":material/content_copy:", on_click=keep, args=(dist,))
    quantiles.setter(dist, f"dist.{law}")
    if ghost:
        st.button("Drop the ghost", icon=":material/close:", on_click=keep, args=(None,))
        gaps = {word: dist.numbers()[name] - ghost.numbers()[name] for name, word in QUANTITIES.items()}
        st.markdown(f"Now minus ghost `{ghost!r}`: " + ", ".join(f"{word} **{gap:+.4g}**" for word, gap in gaps.items() if gap == gap))

# The numbers

law_words.told(dist, naming, visit)

# Samples

st.header("Direct sampling", anchor=False)
outcome = drive(partial(run, spec), spec.key(), "Drawing samples")
draws: Draws = outcome.result
drawn = spec.replace(n=outcome.done)  # what is taken away is what is shown, also after Stop
stage(direct_wire(f"{spec.key()} {outcome.done}", draws), "direct")
if trouble := failure(spec):
    st.warning(f"**{trouble.name}.** {trouble.why} *Cure:* {trouble.cure}", icon=":material/warning:")
st.markdown("\n".join(["| | samples | exact | standard error | z |", "|---|---|---|---|---|", *map(truth_line, draws.estimates())]))

from core.figures import distributions as figures  # noqa: E402 - Plotly loads after the stage stands

stills = {
    "Histogram": (figures.histogram, figures.histogram_words, figures.histogram_rows),
    "ECDF": (figures.ecdf, figures.ecdf_words, figures.ecdf_rows),
    "QQ": (figures.qq, figures.qq_words, figures.qq_rows),
}
still = controls.pick("Samples as", "still", list(stills), visit)
draw, words, rows = stills[still]
show.still(still.lower(), draw(spec, draws, show.dark()), words(draws), partial(rows, draws), (run, draw, rows))

# Explanation and the way out

page.lesson("distributions")
st.header("Take it with you", anchor=False)
view = (
    ({hand_key: hand_on} if hand_on != next(iter(paths)) else {})
    | ({f"named.{law}": naming.title} if naming else {})
    | ({"still": still} if still != "Histogram" else {})
    | ({"side": side} if side != sweep_reel.SIDES[0] else {})
)
address = export.link(visit, spec, view | ({"ghost": json.dumps(ghost.to_dict(), separators=(",", ":"))} if ghost else {}))
export.shelf_of_files(
    visit,
    spec,
    address,
    partial(notebook.build, f"{dist.title} distribution", dist.story, drawn, run, numbers, numbers(draws), [draw], address),
    {
        "samples.csv": (partial(files.to_csv, drawn), "text/csv"),
        "samples.json": (partial(files.to_json, drawn) if drawn.n <= files.MOST_JSON else None, "application/json"),
        "samples.parquet": (partial(files.to_parquet, drawn), "application/vnd.apache.parquet"),
    },
    {f"Sweep of {dist.title}": partial(sweep_reel.sweep, dist, path, ghost, False, side, naming), "Direct sampling": partial(direct_reel.direct, draws)},
)
controls.settings_door(visit, Explore)
shelf.offer(f"{dist.title.lower()} samples", partial(files.to_frame, drawn), visit.room.title, drawn.key())
shelf.show()
