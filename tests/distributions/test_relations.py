"""The edges of the map against known answers: special cases meet, limits keep their pace, constructions fit, and wrong edges are caught."""

import functools
import json
import math

import mpmath
import numpy as np
import pytest
from scipy import special, stats

from core import distributions as families
from core.distributions.compare import total_variation
from core.distributions.goodness import ks, ks_p_textbook
from core.distributions.kinship import Kin, Makings, Meetings, cells, chi_square, failure, floor, numbers, p_value, run
from core.distributions.relations import NODES, RELATIONS, relatives
from core.distributions.relations.base import GROUPS, Construction, Limit, Special
from core.distributions.relations.conditions import NormalToTruncatedNormal, PoissonToBinomial
from core.distributions.relations.extremes import UniformToBeta
from core.distributions.relations.laws import Largest, Moved, Rounded
from core.distributions.relations.limits import (
    BinomialToNormal,
    BinomialToPoisson,
    HypergeometricToBinomial,
    NegativeBinomialToPoisson,
    PoissonToNormal,
    SkellamToNormal,
    StudentToNormal,
)
from core.distributions.relations.limits_more import (
    ExGaussianToNormal,
    ExponentialToExtremeValue,
    NormalToExtremeValue,
    ParetoToFrechet,
    SkewNormalToHalfNormal,
)
from core.distributions.relations.rays import NormalToCauchy
from core.distributions.relations.sums import CauchyToCauchy
from core.distributions.relations.transforms_normal import NormalToLevy
from core.params import Choice, Real
from core.presets.relatives import PRESETS
from core.progress import finish
from core.rng import stream

SPECIALS, LIMITS, MADE = ([edge for edge in RELATIONS if issubclass(edge, kind)] for kind in (Special, Limit, Construction))
FALSE_ALARM = 1e-6  # per test of fit: about 2e-4 for all edges at all their settings together
N = 20_000
NAMED = {"ids": lambda edge: edge.__name__}


@functools.cache
def played(edge) -> Meetings | Makings:
    return finish(run(Kin(edge, seed=4)))


def settings(cls):
    """An edge as it stands, and with all its free numbers near the low and near the high ends of their sliders."""
    yield cls()
    for share in (0.15, 0.85):
        moved = {}
        for name, knob in cls.params().items():
            if isinstance(knob, Real) and name not in ("n", getattr(cls, "running", "")):
                ticks = knob.ticks(41)
                moved[name] = knob.check(name, ticks[round(share * (len(ticks) - 1))].item())
        try:
            if moved:
                yield cls(**moved)
        except ValueError:  # settings that contradict each other are no edge
            continue


# The map


def test_the_map_is_large_and_every_edge_says_what_it_is():
    assert len(RELATIONS) >= 45 and len({edge.title for edge in RELATIONS}) == len({edge.__name__ for edge in RELATIONS}) == len(RELATIONS)
    for edge in RELATIONS:
        assert edge.kind in GROUPS and edge.tex and 0 < len(edge.sign) <= 16 and edge.reference.startswith("https://")
        assert edge.statement().endswith(".") and len(edge.statement()) < 160
        assert {edge.source, edge.target, *edge.also} <= set(NODES)
    assert {edge.kind for edge in RELATIONS} == set(GROUPS)


def test_every_family_has_a_relative():
    """Modifiers have none: they make a law of any other."""
    assert [family.__name__ for family in NODES if not relatives(family)] == []
    assert all(family.modifier for family in set(families.FAMILY) - set(NODES))


def test_the_relatives_of_a_family_begin_with_those_it_leads_to():
    near = relatives(families.Gamma)
    away = [edge.source is families.Gamma for edge in near]
    assert away == sorted(away, reverse=True) and all(families.Gamma in edge.families() for edge in near)


@pytest.mark.parametrize("edge", RELATIONS, **NAMED)
def test_an_edge_is_a_link_a_file_and_a_line_of_python(edge):
    spec = Kin(edge(), seed=3)
    assert Kin.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec
    assert Kin.from_query(spec.to_query()) == (spec, [])
    assert isinstance(spec.leaves()["edge"][0], Choice) and spec.leaves()["edge"][1] == edge.__name__
    assert eval(repr(spec), {"Kin": Kin, edge.__name__: edge}) == spec


# Special cases


@pytest.mark.parametrize("cls", SPECIALS, **NAMED)
def test_a_special_case_is_the_same_law_where_they_meet_and_nowhere_near(cls):
    for edge in settings(cls):
        assert edge.meets in edge.ticks()
        general, one = edge.pair(edge.meets)
        assert total_variation(general, one) < 1e-8
        x = np.unique(one.quantile(np.linspace(0.01, 0.99, 41)))
        assert np.allclose(general.log_prob(x), one.log_prob(x), rtol=0, atol=1e-9)
        others = edge.ticks()[edge.ticks() != edge.meets]
        elsewhere = [total_variation(*edge.pair(tick)) for tick in others[[0, -1]]]
        assert min(elsewhere) > 5e-4 and max(elsewhere) > 0.1


# Limits


@pytest.mark.parametrize("cls", LIMITS, **NAMED)
def test_a_limit_falls_at_its_pace(cls):
    result = played(cls())
    far = len(result.ticks) // 2
    assert np.all(np.diff(result.distances[far:]) < 0) and result.distances[-1] < 0.01
    pace = np.array([result.edge.pace(tick) for tick in result.ticks[-4:]])
    constant = result.distances[-4:] / pace
    assert np.ptp(constant) / constant[-1] < (0.07 if cls is NormalToExtremeValue else 0.03)


def test_a_wrong_pace_is_seen():
    result = played(StudentToNormal())
    assert np.ptp(constant := result.distances[-4:] * result.ticks[-4:] ** 0.5) / constant[-1] > 0.3


@pytest.mark.parametrize(
    "edge, constant",
    [
        (SkewNormalToHalfNormal(), 1 / math.pi),
        (ExGaussianToNormal(), 1 / math.sqrt(2 * math.pi)),
        (ExponentialToExtremeValue(), 2 * math.exp(-2)),
        (ParetoToFrechet(), 2 * math.exp(-2)),
    ],
    ids=lambda each: type(each).__name__,
)
def test_the_distance_is_its_constant_over_n_far_out(edge, constant):
    result = played(edge)
    assert result.distances[-1] * result.ticks[-1] == pytest.approx(constant, rel=3e-3)


def bell(k, mean, sd):
    return mpmath.ncdf((k + mpmath.mpf(1) / 2 - mean) / sd) - mpmath.ncdf((k - mpmath.mpf(1) / 2 - mean) / sd)


def poisson(k, rate):
    return mpmath.e ** (-mpmath.mpf(rate)) * mpmath.mpf(rate) ** k / mpmath.factorial(k)


def binomial(k, n, p):
    return mpmath.binomial(n, k) * mpmath.mpf(p) ** k * (1 - mpmath.mpf(p)) ** (n - k) if k <= n else mpmath.mpf(0)


def test_total_variations_against_direct_sums():
    with mpmath.workdps(30):
        third = mpmath.mpf(3) / 10
        known = {
            (BinomialToPoisson(rate=3.0), 10): sum(abs(binomial(k, 10, third) - poisson(k, 3)) for k in range(120)) / 2,
            (BinomialToPoisson(rate=5.0), 10): sum(abs(binomial(k, 10, 0.5) - poisson(k, 5)) for k in range(120)) / 2,
            (PoissonToNormal(), 4.0): sum(abs((poisson(k, 4) if k >= 0 else 0) - bell(k, 4, 2)) for k in range(-40, 80)) / 2,
            (BinomialToNormal(p=0.5), 16): sum(abs((binomial(k, 16, 0.5) if k >= 0 else 0) - bell(k, 8, 2)) for k in range(-30, 60)) / 2,
            (HypergeometricToBinomial(draws=10, share=0.3), 30): sum(
                abs(mpmath.binomial(9, k) * mpmath.binomial(21, 10 - k) / mpmath.binomial(30, 10) - binomial(k, 10, third)) for k in range(11)
            )
            / 2,
            (ExponentialToExtremeValue(), 1): mpmath.quad(lambda x: abs(mpmath.exp(-x) * (x > 0) - mpmath.exp(-x - mpmath.exp(-x))), [-6, 0, 1, 5, 60]) / 2,
        }
    for (edge, value), truth in known.items():
        assert total_variation(*edge.pair(value)) == pytest.approx(float(truth), abs=1e-10), edge


@pytest.mark.parametrize(
    "edge",
    [
        BinomialToPoisson(rate=0.3),
        BinomialToPoisson(n=30, rate=3.0),
        BinomialToPoisson(n=30, rate=15.0),
        NegativeBinomialToPoisson(rate=0.5),
        NegativeBinomialToPoisson(rate=12.0),
        HypergeometricToBinomial(),
        HypergeometricToBinomial(draws=18, share=0.7),
    ],
    ids=repr,
)
def test_the_stated_bounds_hold_at_every_tick_and_a_smaller_one_would_not(edge):
    result = played(edge)
    assert np.all(result.distances <= result.bounds) and np.all(result.bounds <= 1)
    assert np.any(result.distances > result.bounds / 10)
    assert f"{edge.theorem} at" in " ".join(numbers(result))


def test_le_cam_s_bound_is_the_one_in_the_books():
    for n, rate in ((10, 3.0), (50, 0.5), (400, 8.0)):
        assert BinomialToPoisson(n=n, rate=rate).bound(n) == pytest.approx(min(1, 1 / rate) * n * (rate / n) ** 2)


def test_every_tick_of_a_limit_is_a_number_of_the_page():
    result = played(BinomialToPoisson())
    assert numbers(result)["total variation at trials 30"] == total_variation(families.Binomial(30, 0.1), families.Poisson(3.0))
    assert len(numbers(result)) == 2 * len(result.ticks) and len(result.rows()) == len(result.ticks)


# Constructions


def fit_p(law, values) -> float:
    """The p-value of a test of fit: Kolmogorov's, or chi-square for a law on whole numbers."""
    return p_value(*chi_square(law, values)) if law.discrete else ks_p_textbook(ks(law, values), len(values))


@pytest.mark.parametrize("cls", MADE, **NAMED)
def test_what_a_construction_makes_fits_its_exact_law(cls):
    for edge in settings(cls):
        made = finish(run(Kin(edge.replace(n=N), seed=8)))
        assert len(made.values) == N and fit_p(edge.law(), made.values) > FALSE_ALARM, edge
        assert np.array_equal(made.values[: np.count_nonzero(~np.isnan(made.outcomes))], made.outcomes[~np.isnan(made.outcomes)][:N])


WRONG = {
    "NormalToChiSquared": families.ChiSquared(2.0),
    "NormalsToChiSquared": families.ChiSquared(5.0),
    "ExponentialToGamma": families.Gamma(4.3, 1.0),
    "NormalToCauchy": families.Normal(0.0, 1.0),
    "NormalToStudent": families.StudentT(6.0, 0.0, 1.0),
    "CauchyToCauchy": families.Cauchy(0.0, 0.8),
    "GammaToBeta": families.Beta(2.0, 3.3),
    "ChiSquaredToF": families.FRatio(8.0, 5.0),
    "UniformToTriangular": families.Uniform(0.0, 2.0),
    "UniformToBeta": families.Beta(3.0, 6.0),
    "ExponentialToExponential": families.Exponential(3.6),
    "PoissonToNegativeBinomial": families.Poisson(4.0),
    "PoissonToSkellam": families.Skellam(2.5, 4.0),
    "BernoulliToBinomial": families.Binomial(6, 0.43),
    "BinomialToHypergeometric": families.Binomial(6, 0.4),
    "PoissonToBinomial": families.Binomial(7, 0.5),
    "PoissonToZeroInflated": families.Poisson(2.8),
    "ExponentialToGeometric": families.Geometric(0.26),
    "ZipfToGeometric": families.Geometric(0.7),
    "NormalToSkewNormal": families.HalfNormal(1.0),
    "NormalToRice": families.Rayleigh(2.0),
    "LogarithmicToNegativeBinomial": families.NegativeBinomial(2.0, 0.45),
    "ExponentialLogToExtremeValue": families.GeneralizedExtremeValue(0.0, 1.0, 0.1),
    "CauchyToWrappedCauchy": families.WrappedCauchy(0.0, 0.4),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_edge_is_caught(name):
    edge = next(cls for cls in MADE if cls.__name__ == name)
    made = finish(run(Kin(edge(n=N), seed=8)))
    assert fit_p(WRONG[name], made.values) < FALSE_ALARM


def test_the_tests_of_fit_raise_no_false_alarm_where_the_sample_is_perfect():
    for law in (families.Poisson(4.0), families.Geometric(0.3), families.Bernoulli(0.3), families.Normal(0.0, 1.0)):
        values = np.array([fit_p(law, law.sample(stream(seed, "fit"), 2000)) for seed in range(300)])
        share, error = np.mean(values < 0.1), math.sqrt(0.1 * 0.9 / 300)
        assert abs(share - 0.1) < -special.ndtri(1e-5 / 2) * error + 0.02  # 0.02: a lattice's p-values stand on steps


def test_chi_square_is_scipy_s_on_the_same_cells():
    law, values = families.NegativeBinomial(3.0, 0.4), families.NegativeBinomial(3.0, 0.4).sample(stream(2, "x"), 3000)
    ends = cells(law, 5 / 3000)
    found = np.bincount(np.searchsorted(ends, values), minlength=len(ends) + 1)
    expected = 3000 * np.diff([0.0, *law.cdf(ends), 1.0])
    truth = stats.chisquare(found, expected)
    statistic, freedom = chi_square(law, values)
    assert expected.min() >= 5 and (statistic, p_value(statistic, freedom)) == pytest.approx((truth.statistic, truth.pvalue))
    assert chi_square(law, np.append(values, 0.5))[0] == math.inf


def test_the_distance_of_a_perfect_sample_is_its_median():
    for law in (families.Exponential(1.0), families.Poisson(3.0), families.Bernoulli(0.3)):
        found = [ks(law, law.sample(stream(seed, "floor"), 1000)) for seed in range(400)]
        below = np.mean(np.array(found) < floor(law, 1000))
        assert abs(below - 0.5) < -special.ndtri(1e-5 / 2) * 0.5 / 20 + 0.06  # 0.06: Kolmogorov's limit at n = 1000, and the floor's own error


def test_the_numbers_of_a_construction_stand_beside_the_truth():
    made = played(next(cls for cls in MADE if cls.__name__ == "ExponentialToGamma")())
    shown = numbers(made)
    assert shown["exact mean"] == 4 and shown["exact variance"] == 4
    assert shown["z of the mean"] == pytest.approx((made.values.mean() - 4) / (2 / math.sqrt(4000)))
    assert shown["distance to the exact law"] == pytest.approx(stats.kstest(made.values, stats.gamma(4).cdf).statistic, rel=1e-12)
    assert shown["p-value"] == pytest.approx(stats.kstest(made.values, stats.gamma(4).cdf).pvalue, rel=0.03)


def test_a_condition_says_how_many_tries_count_and_refuses_one_that_is_never_met():
    made = finish(run(Kin(NormalToTruncatedNormal(low=1.0, high=2.0), seed=1)))
    share, truth = numbers(made)["share of tries that count"], special.ndtr(2.0) - special.ndtr(1.0)
    assert abs(share - truth) < -special.ndtri(FALSE_ALARM / 2) * truth * math.sqrt((1 - truth) / 4000)
    with pytest.raises(ValueError, match="total must come up in at least 1%"):
        PoissonToBinomial(first=1.0, second=1.0, total=12)
    with pytest.raises(ValueError, match="k must be at most the points"):
        UniformToBeta(k=8, points=3)
    with pytest.raises(ValueError, match="n must be at least the rate"):
        BinomialToPoisson(n=3, rate=5.0)


# What comparisons are made with


def test_a_rounded_law_has_all_its_mass_on_whole_numbers():
    law = Rounded(families.Normal(0.3, 7.0))
    k = np.arange(-300, 300)
    assert law.prob(k).sum() == pytest.approx(1, abs=1e-13) and law.prob(0.5) == 0
    with mpmath.workdps(40):
        truth = float(bell(40, mpmath.mpf("0.3"), 7))
    assert law.prob(np.array([40.0]))[0] == pytest.approx(truth, rel=1e-10)
    assert np.all(law.cdf(law.quantile(np.array([0.1, 0.5, 0.9]))) >= [0.1, 0.5, 0.9])


def test_a_moved_law_and_the_largest_of_several_are_what_they_say():
    moved = Moved(families.Gamma(2.0, 1.0), -3.0, 2.0)
    assert moved.prob(1.0) == families.Gamma(2.0, 1.0).prob(2.0) / 2 and moved.quantile(0.5) == 2 * families.Gamma(2.0, 1.0).quantile(0.5) - 3
    largest, x = Largest(families.Exponential(1.0), 50), np.linspace(0.5, 12, 60)
    assert np.allclose(largest.cdf(x), (1 - np.exp(-x)) ** 50, rtol=1e-12)
    assert np.allclose(np.gradient(largest.cdf(np.linspace(3, 5, 20001)), 1e-4)[1:-1], largest.prob(np.linspace(3, 5, 20001))[1:-1], atol=1e-7)
    assert largest.cdf(largest.quantile(0.3)) == pytest.approx(0.3)


# Failures and repeatability


def test_what_fails_is_named():
    named = {
        BinomialToPoisson(n=10, rate=5.0): "These events are not rare",
        BinomialToPoisson(n=1000, rate=5.0): None,
        PoissonToNormal(rate=0.5): "Too few events for a bell",
        PoissonToNormal(rate=20.0): None,
        BinomialToNormal(n=8, p=0.5): "Too few events for a bell",
        HypergeometricToBinomial(population=30): "The urn is too small",
        NormalToExtremeValue(): "As slow as a logarithm",
        NormalToCauchy(): "No mean",
        CauchyToCauchy(): "No mean",
        NormalToLevy(): "Infinite mean",
        SkellamToNormal(): None,
    }
    for edge, name in named.items():
        assert (found := failure(Kin(edge))) is name or found.name == name, edge


def test_presets_fail_exactly_when_they_say_so():
    assert len(PRESETS) >= 4 and sum(bool(preset.fails) for preset in PRESETS) >= 2
    for preset in PRESETS:
        assert bool(preset.fails) == bool(failure(preset.spec)), preset.name
        assert not preset.fails or (preset.fails in failure(preset.spec).name.lower() and preset.cure)


@pytest.mark.parametrize("edge", [BinomialToPoisson(n=77, rate=4.0), PoissonToNormal(), next(iter(MADE))()], ids=repr)
def test_the_same_spec_gives_the_same_bits_and_the_hand_s_place_changes_no_number(edge):
    spec = Kin(edge, seed=5)
    assert repr(numbers(finish(run(spec)))) == repr(numbers(finish(run(spec)))) == repr(numbers(finish(run(spec.frames()))))
    assert Kin(PoissonToNormal(rate=float(PoissonToNormal().ticks()[3]))).frames() == Kin(PoissonToNormal()).frames()
    assert Kin(BinomialToPoisson(n=77)).frames().edge.n == 77  # no tick: it needs a frame of its own
