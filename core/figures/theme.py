"""Colours and the layout of stills: the same roles as on the stage, in light and dark."""

from __future__ import annotations

import plotly.graph_objects as go

ROLES = {
    "light": {
        "model": "#0072B2",
        "truth": "#00795C",
        "failure": "#C8500A",
        "context": "#8A8F98",
        "ghost": "#7A6F9B",
        "ink": "#20242A",
        "paper": "#FBFAF6",
        "grid": "#E4E0D5",
    },
    "dark": {
        "model": "#56B4E9",
        "truth": "#2BC49A",
        "failure": "#F0894A",
        "context": "#8D939C",
        "ghost": "#A99FCB",
        "ink": "#E9E7E1",
        "paper": "#15181C",
        "grid": "#343A41",
    },
}


def colour(role: str, dark: bool = False) -> str:
    """Return the colour of a role."""
    return ROLES["dark" if dark else "light"][role]


def layout(x: str, y: str, dark: bool = False) -> go.Layout:
    """Return the layout of a still: labelled axes, a light grid, room for nothing else."""
    ink, grid, paper = colour("ink", dark), colour("grid", dark), colour("paper", dark)
    axis = {"gridcolor": grid, "zeroline": False, "linecolor": grid, "ticks": "outside", "tickcolor": grid, "title": {"standoff": 10}}
    return go.Layout(
        xaxis=axis | {"title": {"text": x}},
        yaxis=axis | {"title": {"text": y}, "rangemode": "tozero"},
        font={"color": ink, "size": 14},
        paper_bgcolor=paper,
        plot_bgcolor=paper,
        margin={"l": 60, "r": 20, "t": 20, "b": 50},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0},
        bargap=0,
        uirevision="keep",
        hovermode="x unified",
    )
