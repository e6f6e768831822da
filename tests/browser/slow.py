"""A page with work of six seconds, for the tests of the bar; `hold` keeps it from its end until `free` opens the gate."""

import time

import numpy as np
import streamlit as st

from core.progress import Progress
from pages._ui.drive import drive


@st.cache_resource
def gates() -> set[str]:
    """Return the keys whose work may end."""
    return set()


QUERY = st.query_params.to_dict()
if "free" in QUERY:
    gates().add(QUERY["free"])
    st.stop()


def work():
    try:
        for step in range(1, 61):
            time.sleep(0.1)
            while step == 60 and "hold" in QUERY and QUERY["key"] not in gates():
                time.sleep(0.1)
                yield Progress(59, 60, np.arange(59))
            yield Progress(step, 60, np.arange(step))
    finally:
        st.session_state["closed"] = st.session_state.get("closed", 0) + 1


st.slider("other", 0, 9, 0)
outcome = drive(work, f"slow {QUERY.get('key', '')}", "Cooking")
st.write(f"Result of {len(outcome.result)}, {'whole' if outcome.whole else 'partial'}")
