"""Every edge of the map plays, in few rows; the map itself shows and finds every family and every arrow."""

import functools
import json
import math

import numpy as np
import pytest

from core import distributions as families
from core.distributions.kinship import Kin, run
from core.distributions.relations import NODES, RELATIONS, relatives
from core.distributions.relations.base import Construction, Limit, Meeting
from core.distributions.relations.limits import BinomialToPoisson, PoissonToNormal
from core.distributions.relations.mixtures import PoissonToNegativeBinomial
from core.distributions.relations.rays import GammaToBeta, NormalToCauchy
from core.distributions.relations.special_others import SkewNormalToNormal
from core.distributions.relations.special_positive import GammaToExponential
from core.distributions.relations.sums import ExponentialToGamma
from core.distributions.relations.transforms_normal import NormalToChiSquared
from core.progress import finish
from core.reels import family_map, family_star
from core.reels.relations import play
from core.reels.wire import pack, packed_bytes

WIDTHS = {"1440": (946.0, 7.6, 527.0), "1024": (530.0, 7.6, 527.0)}  # of the map's plot in px, its width in places, its height in px
LETTERS, LINE = {**dict.fromkeys("ijlrtfI-–' ", 3.6), **dict.fromkeys("mwMWG", 9.4)}, 12.0  # px at the size of the names, a little more than the page's font
NAMED = {"ids": lambda edge: edge.__name__}


@functools.cache
def result(edge):
    return finish(run(Kin(edge, seed=2)))


@pytest.mark.parametrize("cls", RELATIONS, **NAMED)
def test_every_edge_plays_in_few_rows(cls):
    made = result(cls())
    reel = play(made)
    assert reel.n_rows() < 45_000 and packed_bytes(reel) < 450_000 and 10 <= reel.n_frames <= 120
    assert reel.captions and json.dumps(pack(reel)[0], allow_nan=False)
    assert bool(reel.sweep) == issubclass(cls, Meeting) and reel.intro
    if isinstance(made.edge, Construction):
        assert len(reel.panels) == 4 and reel.readouts[0].values[-1] == len(made.values)
    else:
        assert len(reel.panels) == 2 and np.array_equal(reel.sweep.ticks, made.ticks)


def layer(panel, mark, role):
    return next(each for each in panel.layers if (each.mark, each.role) == (mark, role))


def test_the_shaded_area_is_the_total_variation():
    reel = play(result(SkewNormalToNormal()))
    shaded = layer(reel.panels[0], "area", "failure").rows
    for frame in (0, 7, 20):
        rows = shaded[shaded["frame"] == frame]
        area = np.trapezoid(rows["y"] - rows["base"], rows["x"])
        assert area == pytest.approx(reel.readouts[0].values[frame], abs=1e-3)


def test_the_warm_part_of_the_bars_is_the_total_variation():
    reel = play(result(BinomialToPoisson()))
    warm = layer(reel.panels[0], "bars", "failure").rows
    for frame in (0, 8, 20):
        rows = warm[warm["frame"] == frame]
        assert (rows["y"] - rows["base"]).sum() == pytest.approx(reel.readouts[0].values[frame], abs=2e-3)


def test_a_count_is_drawn_in_standard_units_and_its_bars_hold_all_mass():
    reel = play(result(PoissonToNormal()))
    for frame in (10, reel.n_frames - 1):
        held = 0.0
        for role in ("model", "failure"):
            rows = layer(reel.panels[0], "bars", role).rows
            rows = rows[rows["frame"] == frame]
            base = rows.get("base", 0.0)
            held += ((rows["y"] - base) * rows["width"] / 0.8).sum()
        assert held == pytest.approx(1, abs=2e-3)


def test_a_limit_has_its_pace_beside_it_and_a_special_case_its_one_place():
    for edge in (PoissonToNormal(), GammaToExponential()):
        words = {each.label for each in play(result(edge)).panels[1].layers}
        assert ("proportional to 1 / √λ" if isinstance(edge, Limit) else "one law") in words


def test_the_film_says_what_the_page_says_in_its_last_frame():
    made = result(ExponentialToGamma())
    last = {each.name: each.values[-1] for each in play(made).readouts}
    shown = made.numbers()
    assert last["distance"] == pytest.approx(shown["distance to the exact law"]) and last["mean"] == pytest.approx(shown["mean of the values"])
    assert last["perfect"] == pytest.approx(shown["distance of a perfect sample"])


def test_a_flight_meets_the_graph_of_the_function():
    reel = play(result(NormalToChiSquared()))
    flights = next(each for each in reel.panels[1].layers if each.label == "flight").rows
    for _, rows in flights[flights["frame"] % 2 == 1].groupby("frame"):
        assert rows["x"].iloc[1] == pytest.approx(rows["y"].iloc[1] ** 2)


def test_a_ray_goes_through_the_origin_and_its_point_to_the_screen():
    for edge in (NormalToCauchy(), GammaToBeta()):
        made = result(edge)
        rays = next(each for each in play(made).panels[1].layers if each.label == "ray").rows
        for single in range(5):
            rows = rays[rays["frame"] == 3 * single + 1]
            x, y = made.inputs[:, single]
            assert np.allclose(rows["x"] * y, rows["y"] * x)
            hit = rows[np.isclose(rows["x"], made.outcomes[single])]
            assert np.allclose(hit["y"].iloc[0], 1 if isinstance(edge, NormalToCauchy) else 1 - made.outcomes[single])


def test_the_law_given_a_parameter_is_the_one_that_is_drawn():
    made = result(PoissonToNegativeBinomial())
    bars = next(each for each in play(made).panels[1].layers if each.label == "law given it").rows
    rows = bars[bars["frame"] == 1]
    assert np.allclose(rows["y"], families.Poisson(made.inputs[0, 0]).prob(rows["x"].to_numpy()))


# The map


def boxes(width: float, across: float, height: float) -> list[tuple]:
    """Each line of each name as a box in px: its family, left, right, top, bottom."""
    where = family_map.places()
    wide, high = width / across, height / (max(y for _, y in where.values()) - min(y for _, y in where.values()) + 1.3)
    found = []
    for family, (x, y) in where.items():
        for row, words in enumerate(family_map.lines(family.title)):
            middle = (-y + (family_map.GAP + family_map.STEP * row) / family_map.ROW) * high
            half = sum(LETTERS.get(letter, 6.5) for letter in words) / 2
            found.append((family, x * wide - half, x * wide + half, middle - LINE / 2, middle + LINE / 2))
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_no_two_names_on_the_map_overlap(width):
    names = boxes(*WIDTHS[width])
    for i, (one, *a) in enumerate(names):
        for other, *b in names[:i]:
            apart = one is other or a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]
            assert apart, f"{one.title} lies on {other.title}"


def test_every_family_has_a_place_of_its_own_and_its_region():
    where = family_map.places()
    assert set(where) == set(NODES) and len(set(where.values())) == len(NODES)
    assert all(family.__name__ in family_map.GRID for family in NODES)
    for family, (_, y) in where.items():
        assert (y > -2) == family.discrete, family.title


def test_a_family_that_the_grid_does_not_know_stands_below_it(monkeypatch):
    monkeypatch.setattr(family_map, "GRID", family_map.GRID.replace("Weibull", "."))
    where = family_map.places()
    assert where[families.Weibull][1] < -8.5 and len(set(where.values())) == len(NODES)


@pytest.mark.parametrize("family", NODES, **NAMED)
def test_a_click_on_a_family_finds_it_on_either_map(family):
    x, y = family_map.places()[family]
    assert family_map.hit(x, y, families.Normal) is family
    assert family_map.hit(x + 0.05, y - (family_map.GAP + 2) / family_map.ROW, families.Normal) is family
    for each, spot in family_star.spots(family).items():
        assert family_star.hit(*spot, family) is each


def test_a_click_on_an_arrow_finds_it_and_beside_all_there_is_nothing():
    missed = []
    for route in family_map.routes():
        found = {family_map.hit(*place, route.edge.source) for place in route.line[4:-4]}
        if route.edge not in found:
            missed.append(route.edge.title)
    assert not missed
    assert family_map.hit(-0.45, -8.4, families.Normal) is None and family_map.hit(math.nan, 0.0, families.Normal) is None
    assert family_star.hit(0.5, 0.99, families.Zipf) is None


@pytest.mark.parametrize("family", NODES, **NAMED)
def test_the_map_of_a_family_is_small_and_shows_its_arrows_strong(family):
    edge = relatives(family)[0]
    for reel in (family_map.whole(edge, family), family_star.beside(edge, family)):
        assert reel.n_frames == 1 and reel.panels[0].bare and packed_bytes(reel) < 60_000
        assert edge.title in reel.captions[0] and family.title in reel.captions[0]
        marks = {(each.label, each.role, each.style.get("dash")) for each in reel.panels[0].layers if each.mark == "path"}
        assert len({label for label, _, _ in marks}) == len(marks)  # one look for each kind, everywhere


def test_the_chosen_family_is_the_asked_one_where_the_edge_touches_it():
    assert family_map.chosen(GammaToBeta, families.Beta) is families.Beta
    assert family_map.chosen(GammaToBeta, families.Zipf) is families.Gamma is family_map.chosen(GammaToBeta, None)
