"""The catalogue: which pages there are, in which section, and one line about each."""

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Room:
    """A page: its script, its address, its title, its icon and the one line that stands under the title."""

    script: str
    address: str
    title: str
    icon: str
    line: str
    section: str


ROOMS = (
    Room("pages/home.py", "", "Ulam", ":material/home:", "A lab for seeing how machines learn to make things up.", ""),
    Room(
        "pages/distributions.py",
        "distributions",
        "Distributions",
        ":material/show_chart:",
        "Drag a parameter: the density, the CDF and every exact number follow the hand.",
        "Laws of chance",
    ),
    Room(
        "pages/several.py",
        "several",
        "Several variables",
        ":material/scatter_plot:",
        "Drag a correlation, a share or a degree of freedom: the cloud, its contours and the marginals follow the hand.",
        "Laws of chance",
    ),
    Room(
        "pages/compare.py",
        "compare",
        "Compare two",
        ":material/compare_arrows:",
        "Five distances between two laws follow the hand, and draws check each of them.",
        "Laws of chance",
    ),
    Room(
        "pages/relatives.py",
        "relatives",
        "Relatives",
        ":material/hub:",
        "Every family on one map: click an arrow, and the one law becomes the other before your eyes, with exact numbers.",
        "Laws of chance",
    ),
    Room(
        "pages/limits.py",
        "limits",
        "Limits",
        ":material/stacked_line_chart:",
        "Watch averages settle, a bell appear, a bootstrap grow; and see each of them fail.",
        "Laws of chance",
    ),
    Room(
        "pages/fit.py",
        "fit",
        "Fit",
        ":material/query_stats:",
        "Which law do your data follow? Every family is fitted, ranked and tested, and the page says when it cannot tell.",
        "Learning from data",
    ),
    Room(
        "pages/updating.py",
        "updating",
        "Updating",
        ":material/update:",
        "A belief meets one observation after another, narrows, and predicts the next.",
        "Learning from data",
    ),
    Room(
        "pages/monte_carlo.py",
        "monte_carlo",
        "Monte Carlo π",
        ":material/target:",
        "Darts, needles and evenly spread points find π: watch the error fall, and see when an error bar can be trusted.",
        "Monte Carlo",
    ),
    Room(
        "pages/direct.py",
        "direct",
        "Direct and ancestral sampling",
        ":material/account_tree:",
        "Draw from any law directly: through its CDF, out of a square, in two steps, or down the arrows of a model of your own.",
        "Monte Carlo",
    ),
    Room(
        "pages/rejection.py",
        "rejection",
        "Rejection",
        ":material/filter_alt:",
        "Throw darts under a lid and keep those below the curve: exact draws, as long as nothing comes through the lid.",
        "Monte Carlo",
    ),
    Room(
        "pages/importance.py",
        "importance",
        "Importance sampling",
        ":material/balance:",
        "Draw from one law, weigh, and speak for another: what the error bar is worth, and when it lies.",
        "Monte Carlo",
    ),
)


def room(address: str) -> Room:
    """Return the page at an address."""
    return next(each for each in ROOMS if each.address == address)


def sections() -> dict[str, list[Room]]:
    """Return the rooms of the lab by section, without the entrance."""
    found: dict[str, list[Room]] = {}
    for each in ROOMS:
        if each.address:
            found.setdefault(each.section, []).append(each)
    return found


def catalogue() -> dict[str, list[st.Page]]:
    """Return the pages by section, for `st.navigation`."""
    pages: dict[str, list] = {}
    for each in ROOMS:
        home = not each.address
        made = st.Page(each.script, title="Home" if home else each.title, url_path=each.address or None, default=home)
        pages.setdefault(each.section, []).append(made)
    return pages
