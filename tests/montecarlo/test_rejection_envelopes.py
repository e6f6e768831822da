"""Envelopes: densities of mass 1 that are drawn from exactly, and the M that lifts them above a target, against closed forms."""

import math

import numpy as np
import pytest
from scipy import integrate, special, stats

from core.distributions import Arcsine, Beta, Cauchy, Gamma, Laplace, Logistic, Normal, StudentT, Uniform
from core.montecarlo.envelopes import ENVELOPES, Constant, Gaussian, Piecewise, Student, Tangents
from core.montecarlo.rejection_bound import ends, largest_ratio
from core.rng import stream
from core.targets import FAMILY, Banana, CorrelatedNormal, Funnel, Hills, Law, Typed, TypedPlane
from core.targets.hills import Hill

FALSE_ALARM = 1e-5
LINES = [
    Constant("hand", -1.0, 3.0),
    Gaussian("hand", 1.0, 2.0),
    Student("hand", -1.0, 0.5, df=2.5),
    Piecewise("hand", "linear", -1.0, 4.0, (0.0, 2.0, 1.0, 0.0, 3.0)),
    Piecewise("hand", "constant", -1.0, 4.0, (0.0, 2.0, 1.0, 0.0, 3.0)),
    Piecewise("hand", "linear", 0.0, 1.0, (1.0, 1.0)),
]


@pytest.mark.parametrize("envelope", LINES, ids=repr)
def test_an_envelope_has_mass_1_and_its_draws_fit_it(envelope):
    x = np.unique(np.concatenate([np.linspace(-60, 60, 600_001), [each + side * 1e-9 for each in envelope.breaks(0) for side in (-1, 1)]]))
    density = np.exp(envelope.log_prob(x[:, None]))
    climbs = np.concatenate([[0], np.cumsum(np.diff(x) * (density[1:] + density[:-1]) / 2)])
    assert climbs[-1] == pytest.approx(1, abs=5e-4 if isinstance(envelope, Student) else 1e-6)
    draws = envelope.sample(stream(1, "draws"), 50_000, 1)[:, 0]
    assert stats.kstest(draws, lambda at: np.interp(at, x, climbs)).pvalue > FALSE_ALARM
    assert stats.kstest(draws + 0.1, lambda at: np.interp(at, x, climbs)).pvalue < FALSE_ALARM


def test_bells_in_the_plane_are_scipy_s():
    x = stream(1, "places").normal(size=(50, 2)) * 3
    scale = np.diag([2.0**2, 0.5**2])
    assert Gaussian("hand", 1.0, 2.0, -1.0, 0.5).log_prob(x) == pytest.approx(stats.multivariate_normal([1, -1], scale).logpdf(x), rel=1e-12)
    bell = Student("hand", 1.0, 2.0, -1.0, 0.5, df=3.0)
    assert bell.log_prob(x) == pytest.approx(stats.multivariate_t([1, -1], scale, df=3).logpdf(x), rel=1e-12)
    off = (bell.sample(stream(1, "draws"), 50_000, 2) - [1, -1]) / [2, 0.5]
    assert stats.kstest((off**2).sum(axis=1) / 2, stats.f(2, 3).cdf).pvalue > FALSE_ALARM
    box = Constant("hand", 0.0, 2.0, -1.0, 4.0)
    assert box.log_prob(np.array([[1.0, 0.0], [1.0, 5.0]])) == pytest.approx([-math.log(10), -math.inf])
    assert np.all(np.isfinite(box.log_prob(box.sample(stream(1, "box"), 1000, 2))))


def normal_under_t(df):
    """The ratio of a standard normal to Student's density is largest at x² = 1, where -x + (df + 1) x / (df + x²) is 0."""
    return math.exp(-0.5 - stats.t(df).logpdf(1)) / math.sqrt(2 * math.pi)


@pytest.mark.parametrize(
    ("law", "envelope", "m"),
    [
        (Normal(), Gaussian("hand", 0.0, 1.5), 1.5),
        (Normal(3.0, 2.0), Gaussian("hand", 3.0, 2.2), 1.1),
        (Normal(), Gaussian("hand", 1.0, 2.0), 2 * math.exp(1 / 6)),  # the largest of -x²/2 + (x - 1)²/8 is 1/6, at x = -1/3
        (Normal(), Student("hand", df=3.0), normal_under_t(3)),
        (Normal(), Student("hand", df=1.0), normal_under_t(1)),
        (StudentT(df=3.0), Student("hand", df=3.0), 1.0),
        (StudentT(df=3.0), Student("hand", width=0.5, df=3.0), 0.5**-3.0),  # reached only at infinity
        (Laplace(), Student("hand", df=1.0), math.pi / 2),
        (Uniform(0.0, 2.0), Constant("hand", -1.0, 3.0), 2.0),
        (Beta(2.0, 3.0), Constant("hand", 0.0, 1.0), 16 / 9),
        (Beta(2.0, 3.0), Piecewise("hand", "linear", 0.0, 1.0, (1.0, 1.0)), 16 / 9),
    ],
    ids=repr,
)
def test_m_is_what_calculus_says(law, envelope, m):
    bound = largest_ratio(Law(law), envelope.log_prob)
    assert not bound.endless and math.exp(bound.log_m) == pytest.approx(m, rel=1e-7)


def test_m_of_a_narrow_peak_is_found():
    target = Typed("exp(-(x-1)^2) + 3*exp(-((x-3.14159)/0.01)^2)", -5.0, 5.0)
    bound = largest_ratio(target, Constant("hand", -5.0, 5.0).log_prob)
    assert math.exp(bound.log_m) / 10 == pytest.approx(3 + math.exp(-(2.14159**2)), rel=1e-6) and bound.place[0] == pytest.approx(3.14159, abs=1e-4)


@pytest.mark.parametrize("rho", [0.0, 0.6, 0.9])
def test_m_in_the_plane_is_the_ratio_of_determinants(rho):
    """A normal under a wider round one of width s: M = s² / √det, as long as s² exceeds the largest eigenvalue."""
    target = CorrelatedNormal(rho=rho)
    sd = math.sqrt(float(np.linalg.eigvalsh(target.covariance())[-1]))
    (mx, my), wide = target.mean(), 1.3 * sd
    bound = largest_ratio(target, Gaussian("hand", mx, wide, my, wide).log_prob)
    assert math.exp(bound.log_m) == pytest.approx(wide**2 / math.sqrt(np.linalg.det(target.covariance())), rel=1e-7) and not bound.endless
    assert largest_ratio(target, Gaussian("hand", mx, 0.9 * sd, my, 0.9 * sd).log_prob).endless


@pytest.mark.parametrize(
    ("target", "envelope", "word"),
    [
        (Law(StudentT(df=5.0)), Gaussian("hand", 0.0, 3.0), "∞"),
        (Law(Cauchy()), Student("hand", df=1.5), "∞"),
        (Law(Laplace()), Gaussian("hand", 0.0, 4.0), "∞"),
        (Law(Normal()), Gaussian("hand", 0.0, 0.999), "∞"),
        (Law(Normal()), Gaussian("hand", 0.01, 1.0), "−∞"),
        (Law(Gamma(shape=0.5)), Constant("hand", 0.0, 9.0), "nears 0"),
        (Law(Arcsine()), Gaussian("hand", 0.5, 1.0), "nears 0"),
        (Banana(), Gaussian("hand", 0.0, 9.0, 0.0, 30.0), "far out"),
        (Funnel(), Gaussian("hand", 0.0, 30.0, 0.0, 30.0), "far out"),
    ],
    ids=repr,
)
def test_where_there_is_no_m_it_is_said_where(target, envelope, word):
    bound = largest_ratio(target, envelope.log_prob)
    assert word in bound.endless and math.isfinite(bound.log_m)


@pytest.mark.parametrize(
    ("target", "envelope"),
    [
        (Law(Cauchy()), Student("hand", df=1.0)),
        (Law(Logistic()), Student("hand", 0.0, 1.7, df=5.0)),
        (Law(Normal()), Gaussian("hand", 0.0, 1.001)),
        (Law(Gamma(shape=1.0)), Student("hand", 0.0, 2.0)),
        (Banana(), Student("hand", 0.0, 3.0, 0.0, 4.0)),
        (TypedPlane(), Gaussian("hand")),
    ],
    ids=repr,
)
def test_where_there_is_an_m_none_is_missed(target, envelope):
    assert not largest_ratio(target, envelope.log_prob).endless


@pytest.mark.parametrize("target", [cls() for cls in FAMILY], ids=lambda each: type(each).__name__)
@pytest.mark.parametrize("envelope", [Constant(), Gaussian(), Student(), Piecewise()], ids=lambda each: type(each).__name__)
def test_an_envelope_placed_by_the_target_is_one_by_hand_that_round_trips(target, envelope):
    if not envelope.plane and target.dim == 2:
        envelope = Constant()
    settled = envelope.settled(target)
    assert settled.place == "hand" and settled.settled(target) is settled and type(settled).from_query(settled.to_query())[0] == settled
    assert np.isfinite(settled.log_prob(np.atleast_2d(np.asarray(target.window).mean(axis=1)))).all()


def test_a_box_on_a_line_holds_the_tails_that_are_seen():
    settled = Constant().settled(Law(Gamma(shape=3.0)))
    assert settled.low <= 0 and stats.gamma(3).sf(settled.high) < 1e-4
    assert (Constant().settled(Typed()).low, Constant().settled(Typed()).high) == (-2, 5)


FAR = [Normal(54321.0), Normal(12345.67), Normal(123456.0), Normal(2e9), Normal(0.0, 1e10), Normal(0.0, 1e-8)]


@pytest.mark.parametrize("law", FAR, ids=repr)
@pytest.mark.parametrize("envelope", [Constant(), Gaussian(), Student(), Piecewise()], ids=lambda each: type(each).__name__)
def test_far_from_0_and_at_any_scale_an_envelope_fits_as_well_as_at_home(law, envelope):
    home, there = (largest_ratio(Law(each), envelope.settled(Law(each)).log_prob) for each in (Normal(), law))
    assert there.log_m == pytest.approx(home.log_m, abs=0.002) and not there.endless


def test_a_hair_and_a_wide_funnel_are_covered():
    hair = Hills((Hill(1.0, 0.0, 1e-7),))
    assert largest_ratio(hair, Gaussian().settled(hair).log_prob).log_m == pytest.approx(math.log(1.02), abs=1e-3)
    assert Student().settled(Funnel(12.0)).width > 1e15


def test_the_ends_of_a_support_are_found_to_the_last_digits():
    assert ends(Typed("where(x > 1.23456789, where(x < 2, 1, 0), 0)", 0.0, 3.0)) == pytest.approx([1.23456789, 2], abs=1e-12)


@pytest.mark.parametrize("envelope", ENVELOPES, ids=lambda cls: cls.__name__)
def test_every_envelope_works_with_its_defaults(envelope):
    made = envelope()
    assert type(made).from_dict(made.to_dict()) == made and made.title and (made.plane or envelope in (Piecewise, Tangents))


@pytest.mark.parametrize("heights", [(1.0,), (0.0, 0.0)])
def test_heights_that_hold_nothing_are_refused(heights):
    with pytest.raises(ValueError, match="heights must be two or more with one above 0"):
        Piecewise("hand", heights=heights)


def test_the_area_of_a_piecewise_envelope_is_its_integral():
    made = Piecewise("hand", "linear", -1.0, 4.0, (0.5, 2.0, 1.0))
    raw = integrate.quad(lambda x: np.interp(x, made.knots, made.heights), -1, 4, points=[1.5])[0]
    assert made.area() == pytest.approx(raw, rel=1e-10) and made.replace(kind="constant").area() == pytest.approx(3.5 / 3 * 5)
    assert special.logsumexp(made.log_prob(np.linspace(-1, 4, 100_001)[:, None])) + math.log(5 / 100_000) == pytest.approx(0, abs=1e-4)
