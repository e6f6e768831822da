"""A page with work of six seconds, for the tests of the bar."""

import time

import numpy as np
import streamlit as st

from core.progress import Progress
from pages._ui.drive import drive


def work():
    try:
        for step in range(1, 61):
            time.sleep(0.1)
            yield Progress(step, 60, np.arange(step))
    finally:
        st.session_state["closed"] = st.session_state.get("closed", 0) + 1


st.slider("other", 0, 9, 0)
outcome = drive(work, f"slow {st.query_params.get('key', '')}", "Cooking")
st.write(f"Result of {len(outcome.result)}, {'whole' if outcome.whole else 'partial'}")
