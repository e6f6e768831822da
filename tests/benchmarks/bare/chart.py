"""The same change the usual way: a native slider and a Plotly chart of the same curve."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from core.distributions.real_line.normal import Normal

mu = st.slider("mu", -5.0, 5.0, 0.0, 0.1)
x = np.linspace(-7, 7, 361)
st.plotly_chart(go.Figure(go.Scatter(x=x, y=Normal(mu).prob(x)), layout={"uirevision": "keep"}), key="curve")
