"""Reels of several variables: small, exact at every tick, with regions that hold their share, and the same draws under the hand."""

import json
import math

import numpy as np
import pytest
from scipy import special

from core.distributions.multivariate import MULTIVARIATE, BivariateNormal, BivariateT, Dirichlet, Multinomial, Wishart
from core.distributions.multivariate.several import Several, run
from core.distributions.multivariate.wishart import matrices
from core.progress import finish
from core.reels.arrivals import ELLIPSES, arrivals
from core.reels.contours import contours
from core.reels.multivariate import key, sweep
from core.reels.planes import OUT
from core.reels.simplex import CORNER_PLACES, VIEW, Region, cells, place
from core.reels.stamped import ellipse, lines, stamped
from core.reels.sweep import sweepable
from core.reels.wire import pack, packed_bytes
from core.rng import stream

FALSE_ALARM = 1e-6
EVERY = [(cls, path) for cls in MULTIVARIATE for path in sweepable(cls())]
HEAVIEST = [(Multinomial(n=60), "weight_a"), (Multinomial(n=200), "weight_b"), (Multinomial(n=200), "n"), (Dirichlet(a=0.3, b=0.3, c=0.3), "c")]


def names(each) -> str:
    return each if isinstance(each, str) else getattr(each, "__name__", repr(each))


def layer(reel, panel: int, mark: str, label: str = "", which: int = 0):
    found = [each for each in reel.panels[panel].layers if each.mark == mark and (not label or each.label == label)]
    return found[which]


def at(rows, frame: int):
    return rows[rows["frame"] == frame]


def law_of(law, path: str, reel, frame: int):
    return law.with_leaf(path, float(reel.sweep.ticks[frame]))


# Every sweep


@pytest.mark.parametrize("cls, path", EVERY, ids=names)
def test_every_sweep_is_small_and_starts_where_the_value_is(cls, path):
    law = cls()
    reel = sweep(law, path)
    assert packed_bytes(reel) + len(json.dumps(pack(reel)[0])) < 400_000
    assert reel.sweep.ticks[reel.start] == law.leaves()[path][1] and reel.n_frames >= 25
    assert all(np.all(np.diff(each.rows["frame"]) >= 0) for panel in reel.panels for each in panel.layers if each.when == "frame")
    for words in ("nan", "inf"):
        assert words not in json.dumps(pack(reel)[0]).lower().replace("infinite", "")


@pytest.mark.parametrize("law, path", HEAVIEST, ids=names)
def test_the_heaviest_sweeps_are_small_too(law, path):
    assert packed_bytes(sweep(law, path)) < 400_000


@pytest.mark.parametrize(
    "law, path",
    [
        (BivariateT(df=0.03), "rho"),
        (BivariateT(df=1e8), "rho"),
        (BivariateNormal(rho=0.999999), "rho"),
        (BivariateNormal(mu_x=1e6, sigma_x=40), "mu_x"),
        (Dirichlet(1e6, 1e6, 1e6), "a"),
        (Dirichlet(1e-3, 1e-3, 1e-3), "a"),
        (Dirichlet(1, 1, 1), "b"),
        (Multinomial(n=1, weight_a=0, weight_b=0), "n"),
        (Wishart(df=1.001, rho=-0.999999), "df"),
        (Wishart(df=1e8), "rho"),
    ],
    ids=names,
)
def test_extreme_laws_have_a_picture_of_the_value_itself(law, path):
    reel = sweep(law, path)
    assert reel.sweep.ticks[reel.start] == law.leaves()[path][1]
    assert all(np.isfinite(axis.low) and axis.low < axis.high for panel in reel.panels for axis in (panel.x, panel.y))


def test_letting_go_on_a_tick_sends_nothing_new_and_another_seed_does():
    assert key(BivariateNormal(rho=0.3), "rho", 1) == key(BivariateNormal(rho=-0.6), "rho", 1)
    assert key(BivariateNormal(rho=0.31), "rho", 1) != key(BivariateNormal(rho=0.3), "rho", 1) != key(BivariateNormal(rho=0.3), "rho", 2)
    assert key(BivariateNormal(mu_x=1.0), "rho", 1) != key(BivariateNormal(), "rho", 1)
    first, second = (pack(sweep(BivariateNormal(rho=rho), "rho"))[1] for rho in (0.3, -0.6))
    assert first.keys() == second.keys() and all(first[name].equals(second[name]) for name in first)


def test_an_unknown_parameter_gets_a_sentence():
    with pytest.raises(ValueError, match="path must be one of mu_x, mu_y, sigma_x, sigma_y, rho, got nu: try mu_x"):
        sweep(BivariateNormal(), "nu")


# The plane


@pytest.mark.parametrize(
    "law, path", [(BivariateNormal(), "rho"), (BivariateNormal(), "sigma_y"), (BivariateT(), "df"), (BivariateT(mu_x=1.0), "mu_x")], ids=names
)
def test_a_plane_is_exact_at_its_ticks(law, path):
    reel = sweep(law, path, seed=4)
    z = stream(4, "cloud").standard_normal((250, law.n_normals))
    for frame in (0, reel.start, reel.n_frames - 1):
        there = law_of(law, path, reel, frame)
        for which, share in enumerate((0.95, 0.5)):
            ring = at(layer(reel, 0, "path", "50 % and 95 % of the mass", which).rows, frame)[["x", "y"]].to_numpy()
            assert np.allclose(there.away(ring), there.radius(share), rtol=1e-9) and np.allclose(ring[0], ring[-1])
        assert np.array_equal(at(layer(reel, 0, "points").rows, frame)[["x", "y"]].to_numpy(), there.push(z))
        line = at(layer(reel, 0, "path", "mean of y given x").rows, frame)
        assert np.allclose(line["y"], [there.given(x).mean() for x in line["x"]])
        held = there.mu_x + OUT * there.sigma_x
        for panel, marginal in enumerate(there.marginals()):
            curve = at(layer(reel, 1 + panel, "path", "marginal").rows, frame)
            assert np.array_equal(curve["y"], marginal.prob(curve["x"].to_numpy()))
        given = at(layer(reel, 2, "path", "y given this x").rows, frame)
        assert np.array_equal(given["y"], there.given(held).prob(given["x"].to_numpy()))
        read = {each.name: each.values[frame] for each in reel.readouts}
        expected = {"held": held, "mean": there.given(held).mean(), "sd": there.given(held).sd(), "plain": there.sd()[1], "slope": there.slope()}
        expected |= {"covariance": there.covariance()[0, 1], "area": there.area(0.95), "entropy": there.entropy(), "value": reel.sweep.ticks[frame]}
        assert all(np.array_equal(read[name], value, equal_nan=True) for name, value in expected.items())


def test_the_density_of_a_plane_is_seen_relative_to_its_peak():
    reel = sweep(BivariateNormal(), "rho")
    rows = at(layer(reel, 0, "field").rows, reel.start)
    side = int(rows["row"].max()) + 1
    x = reel.panels[0].x.low + (rows["column"] + 0.5) / side * (reel.panels[0].x.high - reel.panels[0].x.low)
    y = reel.panels[0].y.low + (rows["row"] + 0.5) / side * (reel.panels[0].y.high - reel.panels[0].y.low)
    law = BivariateNormal()
    exact = law.prob(np.stack([x, y], axis=-1)) / law.prob(law.mean())
    assert np.abs(rows["value"] - exact).max() < 0.02  # a blur of less than a cell
    assert reel.panels[0].equal and reel.panels[0].x.high - reel.panels[0].x.low == pytest.approx(reel.panels[0].y.high - reel.panels[0].y.low)


@pytest.mark.parametrize("law, path", [(BivariateNormal(), "rho"), (BivariateT(df=10.0), "df"), (Dirichlet(), "a")], ids=names)
def test_points_move_smoothly_under_the_hand(law, path):
    """From one tick to the next no point crosses a third of the view, and nine in ten move by less than a twentieth of it."""
    reel = sweep(law, path)
    rows = layer(reel, 0, "points", "draws").rows
    places = rows[["x", "y"]].to_numpy().clip(reel.panels[0].x.low, reel.panels[0].x.high).reshape(reel.n_frames, -1, 2)
    moved = np.linalg.norm(np.diff(places, axis=0), axis=-1) / (reel.panels[0].x.high - reel.panels[0].x.low)
    assert moved.max() < 1 / 3 and np.quantile(moved, 0.9) < 0.05
    fresh = np.linalg.norm(places[1:] - np.roll(places, 1, axis=1)[:-1], axis=-1) / (reel.panels[0].x.high - reel.panels[0].x.low)
    assert np.quantile(fresh, 0.9) > 0.2  # a planted fault: other draws at every tick


# The triangle

CONCENTRATIONS = [
    (2, 2, 2),
    (5, 1, 1),
    (20, 20, 20),
    (0.3, 0.3, 0.3),
    (0.3, 5, 5),
    (0.5, 3, 0.5),
    (1000, 2000, 10),
    (1e6, 1e6, 1e6),
    (1e-3, 1e-3, 1e-3),
    (1.5, 1, 1),
]


def log_shares(law: Dirichlet, n: int) -> np.ndarray:
    """Logs of draws, right also where the shares themselves underflow: a gamma of shape w is one of shape w + 1 times u^(1/w)."""
    rng = stream(9, "shares")
    logs = np.stack([np.log(rng.gamma(w + 1, size=n)) + np.log(rng.random(n)) / w for w in law.weights], axis=-1)
    return logs - special.logsumexp(logs, axis=1, keepdims=True)


@pytest.mark.parametrize("weights", CONCENTRATIONS, ids=str)
def test_regions_of_a_dirichlet_hold_their_share(weights):
    law, n = Dirichlet(*weights), 100_000
    heights, region = log_shares(law, n) @ (law.weights - 1), Region(law)
    for share in (0.05, 0.5, 0.95):
        slack = 0.004 - special.ndtri(FALSE_ALARM / 2) * math.sqrt(share * (1 - share) / n)  # 0.004: 2,584 points of equal mass stand for the law
        assert abs(np.mean(heights >= region.level(share)) - share) < slack
    assert abs(np.mean(heights >= region.level(0.45)) - 0.5) > 0.004 + 5e-3  # a planted fault: another region


def turns_around(line: np.ndarray, points: np.ndarray) -> np.ndarray:
    """How often a closed line (k, 2) goes around points (n, 2)."""
    away = line[None] - points[:, None]
    angles = np.unwrap(np.arctan2(away[..., 1], away[..., 0]), axis=1)
    return np.round((angles[:, -1] - angles[:, 0]) / (2 * np.pi)).astype(int)


@pytest.mark.parametrize("weights", [(2, 2, 2), (20, 20, 20), (6, 3, 2), (1000, 2000, 10), (0.3, 0.3, 0.3)], ids=str)
def test_borders_go_around_their_share_of_the_draws(weights):
    law = Dirichlet(*weights)
    points, region = place(law.sample(stream(2, "inside"), 4000)), Region(law)
    for share in (0.5, 0.95):
        (line,) = region.border(share)
        inside = np.mean(turns_around(place(line), points) != 0)
        expected = 1 - share if max(weights) < 1 else share  # below 1 the border goes around what is left out
        assert np.array_equal(line[0], line[-1]) and len(line) > 30
        assert abs(inside - expected) < 0.01 - special.ndtri(FALSE_ALARM / 2) * math.sqrt(share * (1 - share) / 4000)
        heights = np.log(line) @ (law.weights - 1)
        assert np.abs(heights - region.level(share)).max() < 0.03


def test_a_flat_density_has_no_border():
    assert Region(Dirichlet(1, 1, 1)).border(0.5) == []


@pytest.mark.parametrize("law, path", [(Dirichlet(), "a"), (Dirichlet(a=0.5, b=5, c=3), "b")], ids=names)
def test_a_dirichlet_is_exact_at_its_ticks(law, path):
    reel = sweep(law, path, seed=3)
    z = stream(3, "cloud").standard_normal((250, 3))
    touched, covered, shares = cells(60, 66)
    for frame in (0, reel.start, reel.n_frames - 1):
        there = law_of(law, path, reel, frame)
        cloud = at(layer(reel, 0, "points", "draws").rows, frame)[["x", "y"]].to_numpy()
        assert np.allclose(cloud, place(there.push(z)), atol=1e-12)
        assert np.allclose(at(layer(reel, 0, "points", "mean").rows, frame)[["x", "y"]], place(there.mean()))
        for i, marginal in enumerate(there.marginals()):
            curve = at(layer(reel, 1 + i, "path", "marginal").rows, frame)
            assert np.array_equal(curve["y"], marginal.prob(curve["x"].to_numpy()))
        value = at(layer(reel, 0, "field").rows, frame)["value"].to_numpy()
        heights = there.log_prob(shares)
        pale = value[touched] / covered
        seen = (pale > 1e-6) & (pale < 1)
        assert np.ptp(np.log(pale[seen]) - heights[seen]) < 1e-9 and value.max() <= 1  # proportional to the density
        assert np.all(heights[pale >= 1] >= heights[seen].max() - 1e-9)
        read = {each.name: each.values[frame] for each in reel.readouts}
        assert read["mean_a"] == there.mean()[0] and read["sd_c"] == there.sd()[2]
        c = there.covariance()
        assert read["correlation"] == pytest.approx(c[0, 1] / math.sqrt(c[0, 0] * c[1, 1]), rel=1e-12)


def test_cells_cover_the_triangle_and_nothing_else():
    touched, covered, shares = cells(60, 66)
    cell = (VIEW[0].high - VIEW[0].low) / 66 * (VIEW[1].high - VIEW[1].low) / 60
    assert covered.sum() * cell == pytest.approx(math.sqrt(3) / 4, rel=5e-3) and np.unique(touched).size == touched.size
    assert np.all(shares >= 0) and np.allclose(shares.sum(axis=1), 1)
    x, y = place(shares).T
    assert np.all(
        touched == np.floor((y - VIEW[1].low) / (VIEW[1].high - VIEW[1].low) * 60) * 66 + np.floor((x - VIEW[0].low) / (VIEW[0].high - VIEW[0].low) * 66)
    )


@pytest.mark.parametrize("law", [cls() for cls in MULTIVARIATE], ids=repr)
def test_pictures_without_axes_are_those_on_the_triangle(law):
    reels = sweep(law, law.lead), arrivals(finish(run(Several(law, n=50))))
    for reel in reels:
        head = pack(reel)[0]
        assert [panel["bare"] for panel in head["panels"]] == [isinstance(law, Dirichlet | Multinomial), *[False] * (len(reel.panels) - 1)]
        assert reel.panels[0].equal and not any(panel.equal for panel in reel.panels[1:])


def test_corners_and_shares_stand_where_they_should():
    assert np.allclose(place(np.eye(3)), CORNER_PLACES) and np.allclose(place(np.full(3, 1 / 3)), CORNER_PLACES.mean(axis=0))


@pytest.mark.parametrize("law, path", [(Multinomial(), "n"), (Multinomial(n=20), "weight_a"), (Multinomial(n=5, weight_a=0), "weight_b")], ids=names)
def test_a_multinomial_is_exact_at_its_ticks(law, path):
    reel = sweep(law, path, seed=5)
    for frame in (0, reel.start, reel.n_frames - 1):
        there = law_of(law, path, reel, frame)
        for i, marginal in enumerate(there.marginals()):
            bars = at(layer(reel, 1 + i, "bars").rows, frame)
            assert np.allclose(bars["y"], marginal.prob(bars["x"].to_numpy()), rtol=1e-9, atol=1e-15)
        mass = there.prob(there.lattice)
        likely, rest = (at(layer(reel, 0, "points", label).rows, frame) for label in ("95 % of the mass", "the other outcomes"))
        discs = {tuple(np.round(row[:2], 9)): row[2] for row in np.concatenate([likely, rest])[:, 1:]}
        for outcome, each in zip(there.lattice, mass, strict=True):
            size = discs.get(tuple(np.round(place(outcome / there.n), 9)))
            assert each < 2.1e-3 * mass.max() if size is None else size**2 == pytest.approx(each / mass.max() * max(discs.values()) ** 2)
        inside = np.sort(mass)[::-1]
        needed = int(np.searchsorted(np.cumsum(inside), 0.95 * (1 - 1e-12))) + 1
        assert len(likely) == needed
        rings = at(layer(reel, 0, "points", "250 draws").rows, frame)
        assert (rings["size"] ** 2).sum() == pytest.approx(max(discs.values()) ** 2 / mass.max())  # areas of draws on the scale of masses
        read = {each.name: each.values[frame] for each in reel.readouts}
        assert read["outcomes"] == len(mass) and read["top"] == mass.max() and read["mean_b"] == there.mean()[1]


# Ellipses


def test_a_wishart_is_exact_at_its_ticks_and_settles():
    law, path = Wishart(), "df"
    reel = sweep(law, path, seed=6)
    gaps = []
    for frame in (0, reel.start, reel.n_frames - 1):
        there = law_of(law, path, reel, frame)
        drawn = at(layer(reel, 0, "path", "estimates S / ν").rows, frame)[["x", "y"]].to_numpy().reshape(-1, 42, 2)[:, :-1]
        estimates = matrices(there.push(stream(6, "cloud").standard_normal((33, 3)))) / there.df
        q = np.einsum("eki,eij,ekj->ek", drawn, np.linalg.inv(estimates[1:]), drawn)
        assert np.allclose(q, 4, rtol=1e-6) and np.isnan(at(layer(reel, 0, "path", "estimates S / ν").rows, frame)["x"]).sum() == 32
        gaps.append(np.abs(estimates - there.scale_matrix()).max())
        true = at(layer(reel, 0, "path", "true covariance").rows, frame)[["x", "y"]].to_numpy()
        assert np.allclose(np.einsum("ki,ij,kj->k", true, np.linalg.inv(there.scale_matrix()), true), 4)
        variance, r = (at(layer(reel, panel, "path").rows, frame) for panel in (1, 2))
        assert np.allclose(variance["y"], there.marginals()[0].prob(variance["x"] * there.df) * there.df)
        assert np.allclose(r["y"], np.exp(there.log_correlation(r["x"].to_numpy())))
        read = {each.name: each.values[frame] for each in reel.readouts}
        assert read["error"] == pytest.approx(there.sd()[0] / there.mean()[0]) and read["det"] == pytest.approx((there.df - 1) / there.df)
    assert gaps[0] > 2 * gaps[1] > 4 * gaps[2] or gaps[0] > gaps[1] > 2 * gaps[2]


def test_the_mean_determinant_is_what_the_readout_says():
    """E det S = det V df (df - 1); held against draws with their own standard error, and a planted fault."""
    law, n = Wishart(df=5.0), 200_000
    x = law.sample(stream(7, "det"), n)
    ratio = (x[:, 0] * x[:, 2] - x[:, 1] ** 2) / 25 / np.linalg.det(law.scale_matrix())
    limit = -special.ndtri(FALSE_ALARM / 2) * ratio.std() / math.sqrt(n)
    assert abs(ratio.mean() - 0.8) < limit < abs(ratio.mean() - 1)


# The parts


def test_a_contour_of_a_hill_is_its_circle():
    x, y = np.linspace(-2, 2, 81), np.linspace(-2.5, 2.5, 101)
    (line,) = contours(x, y, -(x[:, None] ** 2) - y**2, -1.0)
    assert np.array_equal(line[0], line[-1]) and np.allclose(np.linalg.norm(line, axis=1), 1, atol=2e-3)
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    assert steps.max() < 0.08 and steps.sum() == pytest.approx(2 * np.pi, rel=5e-3)


def test_contours_end_at_the_rim_and_part_at_a_saddle():
    x = y = np.linspace(-1, 1, 21)
    (line,) = contours(x, y, x[:, None] + 0 * y, 0.03)
    assert np.allclose(line[:, 0], 0.03) and np.allclose(np.sort(line[:, 1]), y)
    for level in (0.3, -0.3, 0.0049, -0.0049):  # x y: two branches, never joined across the middle
        both = contours(x, y, x[:, None] * y, level)
        assert len(both) == 2 and all(np.all(np.sign(each[:, 0] * each[:, 1]) == np.sign(level)) for each in both)
        assert np.allclose(np.concatenate(both).prod(axis=1), level, atol=3e-3)
    assert contours(x, y, np.zeros((21, 21)), 0.0) == [] and contours(x, y, np.zeros((21, 21)), 1.0) == []
    (corner,) = contours(x, y, np.add.outer(x, y), -1.97)  # the very first edge of the grid takes part
    assert len(corner) == 2


def test_an_ellipse_lies_on_its_covariance():
    for covariance in ([[2.0, -0.7], [-0.7, 1.0]], [[4.0, 0.0], [0.0, 1e-6]], [[1.0, 0.999999], [0.999999, 1.0]]):
        points = ellipse(np.array([1.0, 2.0]), np.array(covariance), 1.5) - [1, 2]
        assert np.allclose(np.einsum("ki,ij,kj->k", points, np.linalg.inv(covariance), points), 2.25, rtol=1e-6)
    assert ellipse(np.zeros((4, 2)), np.ones((4, 1, 1)) * np.eye(2), 1.0).shape == (4, 73, 2)
    assert np.allclose(ellipse(np.zeros(2), np.array([[1.0, 1.0], [1.0, 1.0]]), 1.0)[:, 0], ellipse(np.zeros(2), np.array([[1.0, 1.0], [1.0, 1.0]]), 1.0)[:, 1])


def test_rows_are_stamped_and_lines_lifted():
    rows = stamped(2, x=np.array([1.0, 2.0, 3.0]), y=np.array([[4.0], [5.0]]), value=np.arange(6.0).reshape(2, 3))
    assert rows["frame"].tolist() == [0, 0, 0, 1, 1, 1] and rows["y"].tolist() == [4, 4, 4, 5, 5, 5] and rows["x"].tolist() == [1, 2, 3] * 2
    drawn = lines([[np.ones((2, 2)), np.zeros((1, 2))], [], [np.ones((3, 2))]])
    assert drawn["frame"].tolist() == [0] * 5 + [2] * 4 and np.flatnonzero(np.isnan(drawn["x"])).tolist() == [2, 4, 8]
    assert len(lines([[], []])) == 0


# Draws as they arrive


@pytest.mark.parametrize("law", [*(cls() for cls in MULTIVARIATE), BivariateT(df=1.0), BivariateT(df=1.5), Multinomial(n=40)], ids=repr)
@pytest.mark.parametrize("n", [2, 500, 300_000])
def test_arrivals_end_at_the_estimates(law, n):
    rows = finish(run(Several(law, n=n, seed=3)))
    reel = arrivals(rows)
    read = {each.name: each.values for each in reel.readouts}
    centre = law.mean() if np.isfinite(law.mean()).all() else np.array([law.mu_x, law.mu_y])
    exact = law.covariance() if np.isfinite(law.covariance()).all() else 0.0
    assert read["drawn"][0] == 1 and read["drawn"][-1] == n and np.all(np.diff(read["drawn"]) > 0)
    assert read["off"][-1] == pytest.approx(np.linalg.norm(rows.mean - centre), rel=1e-6)
    assert read["covariance_off"][-1] == pytest.approx(np.linalg.norm(rows.covariance - exact), rel=1e-6)
    assert read["usual"][-1] == pytest.approx(float(law.usual_distances(n)[0]), nan_ok=True)
    for mark in (min(7, n) - 1, len(read["drawn"]) // 2):
        k = int(read["drawn"][mark])
        if 2 <= k <= len(rows.first):
            some = rows.first[:k].astype(float)
            assert read["off"][mark] == pytest.approx(np.linalg.norm(some.mean(axis=0) - centre), rel=1e-6)
            assert read["covariance_off"][mark] == pytest.approx(np.linalg.norm(np.cov(some.T) - exact), rel=1e-6)
    assert packed_bytes(reel) < 250_000


def test_draws_arrive_in_their_order():
    rows = finish(run(Several(n=6000, seed=2)))
    reel = arrivals(rows)
    cloud, drawn = layer(reel, 0, "points", "draws").rows, next(each.values for each in reel.readouts if each.name == "drawn")
    assert np.array_equal(cloud[["x", "y"]], rows.first) and len(cloud) == 4096
    for frame in (0, 5, 40, reel.n_frames - 1):
        assert (cloud["frame"] <= frame).sum() == min(drawn[frame], 4096)
    shown = finish(run(Several(Wishart(), n=200)))
    first = layer(arrivals(shown), 0, "path", f"the first {ELLIPSES} draws").rows
    assert first["frame"].nunique() > 30 and np.isnan(first["x"]).sum() == ELLIPSES


def test_counts_of_a_multinomial_arrive_as_areas():
    rows = finish(run(Several(Multinomial(n=3), n=400)))
    reel = arrivals(rows)
    last = at(layer(reel, 0, "points", "draws").rows, reel.n_frames - 1)
    outcomes, counts = np.unique(rows.first, axis=0, return_counts=True)
    assert np.allclose(last[["x", "y"]], place(outcomes / 3)) and np.allclose(last["size"] ** 2 / (last["size"] ** 2).max(), counts / counts.max())
