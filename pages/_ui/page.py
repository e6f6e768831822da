"""What every page begins with: the frame, the title and its line, the state that came with the link."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from pages._ui import nav

LESSONS = Path(__file__).resolve().parents[2] / "assets" / "lessons"
MOST_WORDS = 280
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&=^\"'])")
PROJECTOR = """<style>
[data-testid=stSidebar], [data-testid=stHeader], [data-testid=stSidebarCollapsedControl], [data-testid=stExpandSidebarButton] {display: none}
[data-testid=stMainBlockContainer] {padding: 1rem 2rem; max-width: none}
</style>"""


@dataclass(frozen=True)
class Visit:
    """One run of a page: what the link asked for, and what it asked for in vain.

    `query`: the URL's parameters. `present`: the projector's view. `hidden`: paths of controls that a lecturer took away.
    `problems`: sentences about values that were refused.
    """

    room: nav.Room
    query: dict[str, str]
    present: bool
    hidden: frozenset[str]
    problems: list[str] = field(default_factory=list)


def frame() -> None:
    """Mark the session as framed by app.py; `open` asks for the mark."""
    st.session_state["framed"] = True


def open(address: str) -> Visit:
    """Begin a page: guard against a cold start, write the title and its line, read the link.

    Until some session has called `st.navigation`, Streamlit runs a page under a deep link without app.py. The cure is to call it
    here and run again, which turns that old mode off for good.
    """
    if not st.session_state.get("framed"):
        frame()
        st.navigation(nav.catalogue())
        st.rerun()
    room, query = nav.room(address), st.query_params.to_dict()
    visit = Visit(room, query, query.get("present") == "1", frozenset(filter(None, query.get("hide", "").split(","))))
    problems, then = st.session_state.get("refused", ([], query))
    if then == query:  # what was refused is said until the experiment changes
        visit.problems.extend(problems)
    else:
        del st.session_state["refused"]
    if visit.present:
        st.html(PROJECTOR)
    else:
        st.title(room.title, anchor=False)
        st.markdown(room.line)
    if words := query.get("say"):
        st.info(f"{plain(words[:MOST_WORDS])}\n\n*from the link*", icon=":material/link:")
    return visit


def lesson(address: str) -> None:
    """Show the page's lesson."""
    st.markdown((LESSONS / f"{address}.md").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Escape text that came from outside, so that Markdown shows it as it is."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def complain(problems: list[str]) -> None:
    """Show refused values, a sentence each, with what stands in for them."""
    if problems:
        sentences = list(dict.fromkeys(problems))
        st.warning("\n\n".join(plain(sentence) for sentence in sentences), icon=":material/error:")
