"""Guess first: a question before the picture, and after the answer the experiment that shows it."""

from __future__ import annotations

import streamlit as st

from core.presets.question import Question
from pages._ui import start
from pages._ui.page import Visit


def ask(visit: Visit, question: Question) -> str:
    """Ask a question above the stage, and return the answer given in this session ("" while there is none).

    An answer takes up the question's experiment; put the returned text into the stage's name, and the reel plays from its start.
    Who comes by a link to an experiment finds the question closed; a link may hide it as `question`.
    """
    key = f"guess:{visit.room.address}"
    if visit.present or "question" in visit.hidden:
        return ""
    fresh = st.session_state.setdefault(f"{key}:open", not visit.query)
    with st.expander("Guess first", expanded=fresh, icon=":material/psychology_alt:"):
        st.markdown(question.text)
        st.segmented_control("Your guess", question.answers, key=key, on_change=_reveal, args=(key, question), label_visibility="collapsed")
        answer = st.session_state.get(key) or ""
        if answer:
            right = answer == question.answers[question.right]
            (st.success if right else st.info)(question.verdict(answer), icon=":material/check_circle:" if right else ":material/lightbulb:")
    return answer


def _reveal(key: str, question: Question) -> None:
    """Take up the experiment of the question; an answer taken back changes nothing."""
    if st.session_state.get(key):
        start.take(question.preset)
