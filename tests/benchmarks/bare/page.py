"""The bare page: one slider and one line of text."""

import streamlit as st

value = st.slider("value", 0, 100, 50)
st.write(f"The value is {value}.")
