"""One contract for every target: gradient, exact draws, mass and moments, what it says far out, and its way into a link and back."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

import core.targets as targets
from core.distributions import Beta, Cauchy, Censored, Gamma, Laplace, Mixture, Normal, Poisson, StudentT
from core.distributions.modifiers.mixture import Component
from core.rng import stream
from core.targets import (
    FAMILY,
    LINE,
    PLANE,
    Banana,
    CorrelatedNormal,
    Funnel,
    Grid,
    Hill,
    Hill2,
    Hills,
    Hills2,
    Law,
    Moons,
    Painted,
    PaintedPlane,
    Ring,
    Typed,
    TypedPlane,
)
from core.targets.base import Target
from core.targets.law import densities

LUMPS = tuple(float(k % 5 == 2) + 0.25 * (k % 7 == 3) for k in range(144))
CASES: tuple[Target, ...] = (
    *(cls() for cls in FAMILY),
    Law(Gamma(3.0, 2.0)),
    Law(StudentT(df=5.0)),
    Law(Beta(2.0, 5.0)),
    Hills((Hill(1, -3, 0.5), Hill(2, 0, 0.2), Hill(0, 9, 1), Hill(1, 2, 1))),
    Hills((Hill(2, 1, 0.5),)),
    Typed("exp(-abs(x))*(1 + sin(5x))", -6, 9),
    Typed("[0 < x < 1] + 3*[2 < x < 2.25]", -1, 4),
    Typed("x^2*exp(-3x)", 0, 12),
    Typed("exp(-500*(x-1)^2)", -10, 10),
    Painted((0, 3, 0, 0, 1, 5, 0), -1.0, 2.0),
    CorrelatedNormal(-0.99, 0.5, 3.0),
    Banana(-0.1, 1.0),
    Ring(0.0, 1.5),
    Ring(5.0, 0.1),
    Moons(1.0, 0.4, 0.0),
    Moons(3.0, 0.1, 10.0),
    Funnel(0.7),
    Grid(5, 1.0, 0.1),
    Hills2((Hill2(1, -3, 2, 0.4), Hill2(3, 1, 1, 1), Hill2(2, 0, -2, 0.3))),
    TypedPlane("[x^2 + y^2 < 1]*(1 + x)", -1.5, 1.5, -2, 2),
    TypedPlane("exp(-20*(sqrt(x^2+y^2)-2)^2)", -4, 4, -4, 4),
    PaintedPlane(LUMPS),
)
NAMES = [f"{type(target).__name__} {k}" for k, target in enumerate(CASES)]
BINS = 24
WINDOWS = 2.2  # windows that a quadrature reaches over, for targets with tails
FALSE_ALARM = 1e-5  # of one test of draws; all of them together 1 in 3,000
N = 40_000
every = pytest.mark.parametrize("target", CASES, ids=NAMES)


def draws(target: Target, n: int = N, what: str = "draws") -> np.ndarray:
    return target.sample(stream(5, what, repr(target)), n)


def rule(edges: np.ndarray, order: int) -> tuple[np.ndarray, np.ndarray]:
    """Return places and weights of Gauss rules on pieces."""
    t, w = np.polynomial.legendre.leggauss(order)
    half = np.diff(edges)[:, None] / 2
    return (edges[:-1, None] + half * (t + 1)).ravel(), (half * w).ravel()


def reach(target: Target) -> np.ndarray:
    """Return the part of space that holds all of the mass but some 1e-12."""
    if isinstance(target, Law):
        return np.array([target.law.quantile([1e-15, 1 - 1e-15])])
    if isinstance(target, Banana):
        return np.array([[-9 * target.width, 9 * target.width], [-9, 9]])
    if isinstance(target, Funnel):
        return np.array([[-9, 9], [-9 * target.spread, 9 * target.spread + target.spread**2]])
    if isinstance(target, Typed | TypedPlane | Painted | PaintedPlane):
        return target.window
    middle, half = target.window.mean(axis=1), np.ptp(target.window, axis=1) / 2
    return np.stack([middle - WINDOWS * half, middle + WINDOWS * half], axis=1)


# The family


def test_the_family_is_complete_and_every_member_has_its_words_and_works_as_it_is():
    found = {each for each in Target.__subclasses__() for each in (each, *each.__subclasses__()) if "title" in vars(each)}
    assert found == set(FAMILY) == {*LINE, *PLANE} and len(FAMILY) == len(LINE) + len(PLANE)
    assert [cls.__name__ for cls in LINE] == ["Law", "Hills", "Typed", "Painted"]
    assert {cls.__name__ for cls in PLANE} == set(["CorrelatedNormal", "Banana", "Ring", "Moons", "Funnel", "Grid", "Hills2", "TypedPlane", "PaintedPlane"])
    assert len({cls.title for cls in FAMILY}) == len(FAMILY) and all(cls.story.endswith(".") and cls.__doc__ for cls in FAMILY)
    assert {cls.dim for cls in LINE} == {1} and {cls.dim for cls in PLANE} == {2}


@every
def test_comes_back_from_json_from_a_link_and_from_its_line_of_python(target):
    cls = type(target)
    assert cls.from_dict(target.to_dict()) == target
    assert cls.from_query(target.to_query("target"), "target") == (target, [])
    names = {**vars(targets), **{law.__name__: law for law in (Normal, Gamma, StudentT, Beta)}}
    assert eval(repr(target), names) == target  # our own line, not a user's


# Shapes and far places


@every
def test_shapes_are_kept(target):
    x = draws(target, 6, "shapes").reshape(2, 3, target.dim)
    assert target.log_prob(x).shape == (2, 3) and target.grad_log_prob(x).shape == (2, 3, target.dim)
    assert np.ndim(target.log_prob(x[0, 0])) == 0 and target.grad_log_prob(x[0, 0]).shape == (target.dim,)
    assert target.log_prob(x[:0]).shape == (0, 3) and target.sample(stream(1, "none"), 0).shape == (0, target.dim)
    assert target.window.shape == (target.dim, 2) and (target.window[:, 0] < target.window[:, 1]).all()
    assert target.mean().shape == (target.dim,) and target.covariance().shape == (target.dim, target.dim)
    with pytest.raises(ValueError, match=r"^x must have a last axis of length"):
        target.log_prob(np.zeros((4, target.dim + 1)))


@every
def test_log_prob_is_never_nan_and_nothing_lies_at_infinity(target):
    far = np.array([0, 1e-300, 1, -1, 40, -40, 1e5, -1e5, 1e160, -1e160, 1.7e308, -1.7e308, math.inf, -math.inf, math.nan])
    x = np.stack(np.meshgrid(*[far] * target.dim, indexing="ij"), axis=-1)
    log_prob = target.log_prob(x)
    assert not np.isnan(log_prob).any() and not np.isnan(target.grad_log_prob(x)).any()
    assert (log_prob[~np.isfinite(x).all(axis=-1)] == -math.inf).all()
    assert np.isfinite(target.log_prob(draws(target, 500, "inside"))).all()


@every
def test_draws_are_repeated_and_differ_between_streams(target):
    assert np.array_equal(draws(target, 50), draws(target, 50)) and not np.array_equal(draws(target, 50), draws(target, 50, "other"))


# The gradient


def slopes(target: Target, x: np.ndarray, h: np.ndarray) -> np.ndarray:
    """Return the gradient by Richardson's extrapolation of three differences: the error is of order h^6."""
    out = np.zeros_like(x)
    for k in range(target.dim):
        step = np.zeros(target.dim)
        step[k] = h[k]
        with np.errstate(invalid="ignore"):  # beside a jump
            one, two, four = ((target.log_prob(x + j * step) - target.log_prob(x - j * step)) / (2 * j * h[k]) for j in (1, 2, 4))
            first, second = (4 * one - two) / 3, (4 * two - four) / 3
            out[:, k] = (16 * first - second) / 15
    return out


@every
def test_the_gradient_agrees_with_differences(target):
    x = draws(target, 400, "gradient")
    sd = np.sqrt(np.diag(target.covariance()))
    coarse, fine = (slopes(target, x, share * sd) for share in (2e-4, 1e-4))
    known = np.isfinite(coarse).all(axis=1) & (np.abs(coarse - fine) < 1e-6 * (1 + np.abs(fine))).all(axis=1)  # not at a kink or a jump
    assert known.mean() > 0.8
    assert (np.abs(target.grad_log_prob(x)[known] - fine[known]) < 1e-5 * (1 + np.abs(fine[known]))).all()


@pytest.mark.parametrize(
    ("law", "slope"),
    [
        (Normal(1.0, 2.0), lambda x: (1 - x) / 4),
        (Gamma(3.0, 2.0), lambda x: 2 / x - 2),
        (Beta(2.0, 5.0), lambda x: 1 / x - 4 / (1 - x)),
        (StudentT(df=3.0), lambda x: -4 * x / (3 + x**2)),
        (Cauchy(), lambda x: -2 * x / (1 + x**2)),
        (Laplace(), lambda x: -np.sign(x)),
    ],
    ids=lambda each: type(each).__name__ if not callable(each) else "",
)
def test_the_differences_of_a_law_have_nine_digits(law, slope: Callable):
    x = law.quantile(np.linspace(0.001, 0.999, 400))[:, None]
    assert Law(law).differences and np.abs(Law(law).grad_log_prob(x) / slope(x) - 1).max() < 1e-9


@pytest.mark.parametrize("cls", densities())
def test_every_law_with_a_density_is_a_target(cls):
    target = Law(cls())
    x = target.law.quantile(np.linspace(0.02, 0.98, 40))[:, None]
    assert np.array_equal(target.log_prob(x), target.law.log_prob(x[:, 0]))
    h = 1e-6 * float(np.ptp(target.law.quantile([0.25, 0.75])))
    slope = (target.law.log_prob(x[:, 0] + h) - target.law.log_prob(x[:, 0] - h)) / (2 * h)
    smooth = np.abs((target.law.log_prob(x[:, 0] + 2 * h) - target.law.log_prob(x[:, 0] - 2 * h)) / (4 * h) - slope) < 1e-4 * (1 + np.abs(slope))
    assert smooth.mean() > 0.9 and target.grad_log_prob(x)[smooth, 0] == pytest.approx(slope[smooth], rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("law", [Censored(), Mixture((Component(1, Poisson()),)), Poisson()])
def test_a_law_without_a_density_is_no_target(law):
    with pytest.raises(ValueError, match=r"^law must "):
        Law(law)


def test_a_typed_gradient_is_right_far_out_where_the_density_underflows():
    x = np.array([[30.0], [-45.0], [60.0]])
    assert Typed("exp(-x^2) + exp(-(x-3)^2)", -90, 90).grad_log_prob(x) == pytest.approx(-2 * (x - [[3], [0], [3]]), rel=1e-12)


# Mass and moments


def integrated(target: Target) -> tuple[float, np.ndarray, np.ndarray]:
    """Return log mass, mean and covariance by a dense rule that knows nothing of the target but `log_prob`."""
    ends = reach(target)
    if target.dim == 1:
        edges = np.linspace(*ends[0], 6 * 60 * 7 + 1)  # pieces that end where painted or typed ones do
        x, weights = rule(edges, 8)
        x = x[:, None]
    else:
        pieces = np.linspace(*ends.T, 11 * 24 + 1, axis=1)
        (x, wx), (y, wy) = (rule(edges, 4) for edges in pieces)
        x, weights = np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1).reshape(-1, 2), np.outer(wx, wy).ravel()
        if isinstance(target, Banana):  # measured from its ridge, and a funnel in widths of its neck
            x[:, 1] += target.bend * (x[:, 0] ** 2 - target.width**2)
        if isinstance(target, Funnel):
            stretch = np.exp(x[:, 1] / 2)
            x[:, 0], weights = x[:, 0] * stretch, weights * stretch
    logs = target.log_prob(x)
    weights = weights * np.exp(logs - logs.max())
    mean = weights @ x / weights.sum()
    return float(logs.max() + math.log(weights.sum())), mean, (x - mean).T @ ((x - mean) * weights[:, None]) / weights.sum()


JUMPS = {"[0 < x < 1] + 3*[2 < x < 2.25]": 1e-12, "[x^2 + y^2 < 1]*(1 + x)": None}  # text: how well the dense rule does; None for not at all


@every
def test_mass_mean_and_covariance_are_those_of_a_dense_rule(target):
    if isinstance(target, Law) and isinstance(target.law, StudentT):
        assert (target.log_mass(), target.mean()[0], target.covariance()[0, 0]) == (0, 0, pytest.approx(5 / 3))
        return  # its tails reach beyond any rule
    within = JUMPS.get(getattr(target, "text", ""), 1e-9)
    if within is None:
        assert target.log_mass() == pytest.approx(math.log(math.pi), abs=1e-11)
        assert target.mean() == pytest.approx([0.25, 0], abs=1e-11)
        assert target.covariance() == pytest.approx(np.diag([0.25 - 0.0625, 0.25]), abs=1e-11)
        return
    within = 1e-6 if target == Moons(1.0, 0.4, 0.0) else within  # it has a kink at the centres, which the dense rule does not like
    log_mass, mean, covariance = integrated(target)
    sd = np.sqrt(np.diag(covariance))
    assert target.log_mass() == pytest.approx(log_mass, abs=within)
    assert np.abs(target.mean() - mean) / sd == pytest.approx(0, abs=10 * within)
    assert np.abs(target.covariance() - covariance) / np.outer(sd, sd) == pytest.approx(0, abs=100 * within)


# Exact draws


def surprise(target: Target, x: np.ndarray) -> float:
    """Return the p-value of Pearson's chi-square over bins of the window and the rest, expected counts from `log_prob` and `log_mass`."""
    half = 4 * np.sqrt(np.diag(target.covariance()))
    window = np.clip(np.stack([target.mean() - half, target.mean() + half], axis=1), *target.window.T[:, :, None])
    edges = [np.linspace(*ends, BINS + 1 if target.dim == 1 else 13) for ends in window]
    inner = 40 if target.dim == 1 else 24
    rules = [rule(np.linspace(*ends, (len(edge) - 1) * inner + 1), 2) for ends, edge in zip(window, edges, strict=True)]
    places = np.stack(np.meshgrid(*[each[0] for each in rules], indexing="ij"), axis=-1)
    mass = np.exp(target.log_prob(places) - target.log_mass())
    for axis, (_, weights) in enumerate(rules):
        mass = np.moveaxis(np.moveaxis(mass, axis, -1) * weights, -1, axis)
    for axis in range(target.dim):
        mass = np.add.reduceat(mass, np.arange(0, mass.shape[axis], 2 * inner), axis=axis)
    counts, _ = np.histogramdd(x, edges)
    expected, counts = np.append(mass.ravel(), 1 - mass.sum()) * len(x), np.append(counts.ravel(), 0)
    counts[-1] = len(x) - counts.sum()
    rare = expected < 8  # together one bin
    expected, counts = np.append(expected[~rare], expected[rare].sum()), np.append(counts[~rare], counts[rare].sum())
    keep = expected > 5
    if not keep[-1] and counts[-1] > 40:
        return 0.0
    chi2 = float(np.sum((counts[keep] - expected[keep]) ** 2 / expected[keep]))
    return float(stats.chi2.sf(chi2, keep.sum() - 1))


@every
def test_draws_fit_the_density_at_a_false_alarm_rate_of_1e_5(target):
    assert surprise(target, draws(target)) > FALSE_ALARM


@every
def test_draws_moved_by_a_tenth_of_a_standard_deviation_are_caught(target):
    moved = draws(target) + 0.1 * np.sqrt(np.diag(target.covariance())) * np.array([1.0, -0.5])[: target.dim]
    assert surprise(target, moved) < FALSE_ALARM


@every
def test_draws_have_the_stated_moments(target):
    """Five standard errors: a false alarm in some 600,000 for each of at most five numbers; those of the covariance come from the draws."""
    x = draws(target)
    gaps = x - target.mean()
    products = np.einsum("ni,nj->nij", gaps, gaps)
    if isinstance(target, Law) and isinstance(target.law, StudentT):
        products = products[:0]  # its fourth moment is all but infinite
    for found, stated in ((x, target.mean()), (products, target.covariance())):
        if len(found):
            assert (np.abs(found.mean(axis=0) - stated) < 5 * found.std(axis=0) / math.sqrt(len(found)) + 1e-12).all()
