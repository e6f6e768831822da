"""Ulam: a lab in the browser for seeing how machines learn to make things up. Run me with `streamlit run app.py`."""

import streamlit as st

from pages._ui import nav, page

st.set_page_config(page_title="Ulam", page_icon="🎲", layout="wide", initial_sidebar_state="auto")
page.frame()
st.navigation(nav.catalogue()).run()
