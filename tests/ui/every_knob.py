"""A page with every kind of knob, for the test of `controls.build`."""

import streamlit as st

from pages._ui import controls, page
from pages._ui.nav import ROOMS
from tests.core.test_spec import Everything

visit = page.Visit(ROOMS[0], st.query_params.to_dict(), False, frozenset())
spec = controls.build(Everything, visit)
st.code(spec.key())
page.complain(visit.problems)
controls.settings_door(visit, Everything)
