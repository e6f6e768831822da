"""Fit a column: every family by maximum likelihood, ranked, and the leaders tested."""

from functools import partial

import streamlit as st

from core import notebook
from core.datasets.upload import Uploaded, hash_of
from core.distributions.explore import Explore
from core.distributions.words import say
from core.montecarlo.fitting import Fits, Fitting, beside, column, failure, numbers, rank, run, table, test
from core.presets.fit import PRESETS
from core.reels.fitting import bootstrap, ranking
from pages._ui import controls, export, page, show, sources, start
from pages._ui.drive import drive
from pages._ui.stage import Hand, breathe, kept, number, stage

TABLE = {"hide_index": True, "height": 330, "column_config": {"law": st.column_config.TextColumn(width="large")}}
visit = page.open("fit")


# Controls

with st.sidebar:
    start.presets(visit, PRESETS)
    spec = controls.build(Fitting, visit, own=sources.picker(visit))
    start.again(visit, spec)
held = sources.held()
try:
    chosen = column(spec, held)
except ValueError as error:
    page.complain([*visit.problems, str(error)])
    st.stop()
page.complain([*visit.problems, *chosen.problems, *filter(None, [chosen.refused])])
if chosen.refused:
    st.info(f"Nothing can be fitted to this column. It has {len(chosen.values):,} values that are numbers.", icon=":material/info:")
    st.stop()
if chosen.problems:
    st.caption(f"Going on with the {len(chosen.values):,} values that are numbers.")

# The stage: the ranking, which the hand walks down

fits: Fits = drive(partial(rank, spec, held), spec.replace(tested=0).key(), "Fitting every family", private=spec.data.private).result
if not fits.standings:
    st.warning("No family can hold these values. Try the other families.", icon=":material/warning:")
    st.stop()
titles = [each.fitted.dist.title for each in fits.standings]
if st.session_state.get("look") not in (None, *titles):
    del st.session_state["look"]
linked = st.session_state.get("look") or visit.query.get("look", titles[0])
look = linked if linked in titles else titles[0]


def let_go(hand: Hand) -> None:
    """Look at the family on which the slider rests."""
    rank = number(hand, "value", 1, len(titles))
    if rank is not None:
        st.session_state["look"] = titles[round(rank) - 1]


stage(
    kept("fit", spec.replace(tested=0).key(), partial(ranking, fits)),
    "fit",
    cursor=titles.index(look) + 1,
    present=visit.present,
    announce=not visit.present,
    on_hand=let_go,
)
if visit.present:
    st.stop()
breathe()
found = st.container()  # filled when the tests have run, which is why they come after the table

# The numbers

best = fits.standings[0].fitted
st.header(f"{best.dist.title} leads, out of {len(titles)} families", anchor=False)
st.markdown(
    f"{len(chosen.values):,} values. A smaller AIC is better: it is twice the parameters less twice the log-likelihood ({say(best.log_likelihood)} for the leader). "
    "The textbook p takes each law for one fixed beforehand and is far too large; the bootstrap p draws data from the fitted law and fits them anew."
)
ranked = st.empty()
ranked.dataframe(table(fits), **TABLE)
fits = drive(partial(test, fits), spec.key(), "Testing the leaders", private=spec.data.private).result
ranked.dataframe(table(fits), **TABLE)
if trouble := failure(fits):
    found.warning(f"**{trouble.name}.** {trouble.why} *Cure:* {trouble.cure}", icon=":material/warning:")

# One family

st.header("One family beside the data", anchor=False)
look = st.selectbox("Look at", titles, titles.index(look), key="look", bind="query-params")
seen = fits.named(look)
try:
    draws = beside(fits, look)
except ValueError as error:
    page.complain([str(error)])
    draws = None
if look in fits.drawn:
    stage(kept("bootstrap", f"{spec.key()} {look} {len(fits.drawn[look])}", partial(bootstrap, fits, look)), f"bootstrap {look}")

from core.figures import distributions as figures  # noqa: E402 - Plotly loads after the stage stands

if draws:
    stills = {
        "QQ": (figures.qq, figures.qq_words, figures.qq_rows),
        "ECDF": (figures.ecdf, figures.ecdf_words, figures.ecdf_rows),
        "Histogram": (figures.histogram, figures.histogram_words, figures.histogram_rows),
    }
    still = controls.pick("Data as", "still", list(stills), visit)
    draw, words, rows = stills[still]
    show.still(f"fit-{still.lower()}", draw(draws.spec, draws, show.dark()), words(draws), partial(rows, draws), (beside, draw, rows))
    st.page_link(
        "pages/distributions.py", label=f"Explore this {look} law", icon=":material/show_chart:", query_params=Explore(dist=seen.fitted.dist).to_query()
    )

# Explanation and the way out

page.lesson("fit")
st.header("Take it with you", anchor=False)
address = export.link(visit, spec, {"look": look} if look != titles[0] else {})
beside_it = spec.data.table(held)[[chosen.name]].to_csv(index=False).encode() if spec.data.private else None
home = spec if beside_it is None else spec.replace(data=Uploaded(hash_of(beside_it)), column=chosen.name)
export.shelf_of_files(
    visit,
    spec,
    address,
    partial(
        notebook.build,
        "Fit a column",
        "Every family by maximum likelihood, ranked; the leaders tested by the bootstrap.",
        home,
        run,
        numbers,
        numbers(fits),
        [],
        address,
        beside_it,
    ),
    {"fits.csv": (lambda: export.to_csv(table(fits)), "text/csv")},
    {"Ranking": partial(ranking, fits)} | ({"Bootstrap": partial(bootstrap, fits, look)} if look in fits.drawn else {}),
    zipped=beside_it is not None,
)
controls.settings_door(visit, Fitting)
