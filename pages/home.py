"""The entrance: something true and moving, three ready experiments, and the map of the lab."""

import streamlit as st

from core.distributions.explore import Explore, run
from core.distributions.modifiers.gaussian_mixture import GaussianMixture
from core.figures.thumbnail import thumbnail
from core.presets.distributions import PRESETS
from core.progress import finish
from core.reels.direct import direct
from pages._ui import nav, page
from pages._ui.stage import stage, wire

DOORS = ("From skewed to bell", "Two hills", "The mean that never comes")
ACCENT = {"light": ("#0072B2", "#20242A"), "dark": ("#56B4E9", "#E9E7E1")}

visit = page.open("")


@st.cache_resource(max_entries=1, show_spinner=False)
def opening() -> dict:
    """Return the reel that plays at the entrance: darts through the CDF of two hills."""
    return wire(direct(finish(run(Explore(GaussianMixture(), n=4000)))))


stage(opening(), "opening", height=440)

st.header("Begin here", anchor=False)
ready = {preset.name: preset for preset in PRESETS}
for column, name in zip(st.columns(3, gap="medium"), DOORS, strict=True):
    preset = ready[name]
    with column, st.container(border=True, height="stretch"):
        st.image(thumbnail(preset.spec.dist, *ACCENT["dark" if st.context.theme.type == "dark" else "light"]), width="stretch")
        st.page_link("pages/distributions.py", label=f"**{name}**", icon=":material/arrow_forward:", query_params=preset.query())
        st.markdown(preset.shows)

st.header("The map of the lab", anchor=False)
for section, rooms in nav.sections().items():
    st.subheader(section, anchor=False)
    for room in rooms:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(room.script, label=f"**{room.title}**", icon=room.icon, width="content")
            st.markdown(room.line)

st.markdown(
    "Three promises, in this order. Every number on screen is *right*: checked against a known answer, and shown with its error. "
    "Every picture is *alive*: it follows the hand. Every experiment is *repeatable*: one seed, one link, one notebook."
)
