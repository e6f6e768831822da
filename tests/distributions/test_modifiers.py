"""Laws made of others: against the special cases that have a file of their own, against quadrature over every base, and in every form."""

import json
import math
import warnings
from itertools import pairwise

import numpy as np
import pytest
from scipy import integrate, special, stats

from core.distributions import (
    CONTINUOUS,
    DISCRETE,
    FAMILY,
    Bernoulli,
    Beta,
    Categorical,
    Cauchy,
    Censored,
    Exponential,
    Gamma,
    GaussianMixture,
    Laplace,
    Mixture,
    Normal,
    Pareto,
    Poisson,
    Skellam,
    StudentT,
    Truncated,
    TruncatedNormal,
    Uniform,
    VonMises,
    ZeroInflated,
    ZeroInflatedPoisson,
    Zipf,
)
from core.distributions.compare import divergences
from core.distributions.explore import Explore
from core.distributions.goodness import ks
from core.distributions.modifiers.gaussian_mixture import Part
from core.distributions.modifiers.mixture import Component
from core.distributions.modifiers.nested import counts, densities, plain_laws
from core.distributions.quadrature import log_between, piece, tails
from core.notebook import _imports
from core.reels.sweep import spoken, sweep, sweepable

FALSE_ALARM = 1e-5  # how often an honest sampler fails one of the tests of fit
MODIFIERS = tuple(cls for cls in FAMILY if cls.modifier)


@pytest.fixture(autouse=True)
def no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def mixed(*parts):
    return Mixture(tuple(Component(weight, law) for weight, law in parts))


# The special cases that have a file of their own

TWINS = [
    *[(Truncated(Normal(), a, b), TruncatedNormal(0, 1, a, b)) for a, b in ((-1, 2), (8, 9), (30, 40), (-60, -50), (-6.5, 7), (-9, 10), (0, 1e-6))],
    (Truncated(Normal(3, 2), -1, 2), TruncatedNormal(3, 2, -1, 2)),
    (Truncated(Uniform(-1, 5), 0, 2), Uniform(0, 2)),
    (Truncated(Pareto(30, 1), -5, 1e12), Pareto(30, 1)),
    *[(ZeroInflated(Poisson(r), z), ZeroInflatedPoisson(r, z)) for r, z in ((4, 0.3), (0.5, 0.95), (1e6, 0.2), (1000, 0.999), (2, 1e-12), (1e-6, 0.5))],
    *[(ZeroInflated(law, 0.0), law) for law in (Skellam(), Zipf(6.0), Categorical())],
    (mixed((0.4, Normal(-2, 0.8)), (0.6, Normal(1.5, 1.2))), GaussianMixture((Part(0.4, -2, 0.8), Part(0.6, 1.5, 1.2)))),
    (mixed((1, Normal(0, 1e-6)), (1, Normal())), GaussianMixture((Part(1, 0, 1e-6), Part(1, 0, 1)))),
    (mixed((3, Gamma())), Gamma()),
    (mixed((1, Poisson()), (0, Zipf())), Poisson()),
    (mixed((0.25, Bernoulli(0.2)), (0.75, Bernoulli(0.6))), Bernoulli(0.5)),
    (Skellam(1000.0, 1e-12), Poisson(1000.0)),
    (VonMises(1.0, 0.0), Uniform(-math.pi, math.pi)),
]


@pytest.mark.parametrize(("law", "twin"), TWINS, ids=repr)
def test_a_law_is_its_twin(law, twin):
    q = np.array([1e-9, 0.01, 0.3, 0.5, 0.77, 1 - 1e-9])
    x = twin.quantile(q)
    assert law.quantile(q) == pytest.approx(x, rel=1e-10, abs=1e-14)
    for name in ("log_prob", "log_cdf", "log_sf", "cdf", "sf"):
        assert getattr(law, name)(x) == pytest.approx(getattr(twin, name)(x), rel=1e-10, abs=1e-14), name
    for name, value in law.numbers().items():
        assert value == pytest.approx(getattr(twin, name)(), rel=1e-9, abs=1e-12), name


def test_what_waits_forgets():
    """An exponential law cut far out is itself again, from there on: also where all the mass kept is exp(-5000)."""
    for start in (3.0, 700.0, 5000.0):
        law = Truncated(Exponential(1), start, 1e12)
        assert (law.mean() - start, law.variance(), law.skewness(), law.excess_kurtosis(), law.entropy()) == pytest.approx((1, 1, 2, 6, 1), rel=1e-9)
        assert law.quantile(0.5) - start == pytest.approx(math.log(2), rel=1e-9)


def test_a_cut_cauchy_law_has_all_moments():
    for high in (3.0, 1e6, 1e12):
        law = Truncated(Cauchy(), 0.0, high)
        assert law.mean() == pytest.approx(math.log1p(high * high) / 2 / math.atan(high), rel=1e-12)
        assert law.variance() == pytest.approx(high / math.atan(high) - 1 - law.mean() ** 2, rel=1e-10)


# Every base


def numbers_by_quadrature(base, low, high, moved):
    """Mean and variance of a base law with a density, cut or moved to its limits, by SciPy's adaptive quadrature."""
    inside = np.linspace(*(float(base.cdf(end)) for end in (low, high)), 30)[1:-1]
    edges = np.unique([low, *base.quantile(inside), high])

    def integral(g):
        return sum(integrate.quad(lambda x: g(x) * float(base.prob(x)), a, b, epsabs=1e-13, limit=200)[0] for a, b in pairwise(edges))

    below, above, mass = float(base.cdf(low)), float(base.sf(high)), float(base.cdf(high) - base.cdf(low))
    mean = integral(lambda x: x) + low * below + high * above if moved else integral(lambda x: x) / mass
    square = integral(lambda x: (x - mean) ** 2)
    return mean, square + (low - mean) ** 2 * below + (high - mean) ** 2 * above if moved else square / mass


@pytest.mark.parametrize("modifier", [Truncated, Censored])
@pytest.mark.parametrize("base", densities(), ids=lambda cls: cls.__name__)
def test_every_density_can_be_cut_and_censored(modifier, base):
    for shares in ((0.2, 0.7), (0.01, 0.99)):
        low, high = (float(value) for value in base().quantile(np.array(shares)))
        law = modifier(base(), low, high)
        mean, variance = numbers_by_quadrature(base(), low, high, modifier is Censored)
        assert (law.mean(), law.variance()) == pytest.approx((mean, variance), rel=1e-7, abs=1e-9)
        x = law.quantile(np.linspace(0.05, 0.95, 19))
        assert law.cdf(x)[x < high] == pytest.approx(np.linspace(0.05, 0.95, 19)[x < high], abs=shares[0] if modifier is Censored else 1e-12)
        assert all(map(math.isfinite, law.numbers().values()))


@pytest.mark.parametrize("base", counts(), ids=lambda cls: cls.__name__)
def test_every_count_can_be_cut_and_given_more_zeros(base):
    law = base()
    first, last = (float(value) for value in law.quantile(np.array([0.2, 0.9])))
    k = np.arange(first, last + 1)
    p = law.prob(k) / law.prob(k).sum()
    if last > first:
        cut = Truncated(law, first, last)
        assert cut.discrete and cut.prob(k) == pytest.approx(p, rel=1e-11) and cut.cdf(k) == pytest.approx(np.cumsum(p), rel=1e-11)
        mean = float(p @ k)
        assert (cut.mean(), cut.variance()) == pytest.approx((mean, float(p @ (k - mean) ** 2)), rel=1e-10)
        assert cut.entropy() == pytest.approx(float(-(p @ np.log(p))), rel=1e-10)
        assert (cut.quantile(cut.cdf(k) - 1e-9) == k).all()
    more = ZeroInflated(law, 0.25)
    assert more.mean() == pytest.approx(0.75 * law.mean())
    assert more.prob(k) == pytest.approx(0.75 * law.prob(k) + 0.25 * (k == 0))


def test_zeros_may_lie_outside_the_base_law():
    law = ZeroInflated(Zipf(3.5), 0.4)
    assert law.support.low == 0 and law.prob(0) == 0.4 and law.quantile(0.39) == 0 and law.quantile(0.41) == 1
    apart = ZeroInflated(Skellam(1.0, 30.0), 0.5)
    assert apart.cdf(-1) == pytest.approx(0.5 * Skellam(1.0, 30.0).cdf(-1)) and apart.quantile(0.75) == 0


def test_the_moments_of_a_mixture_follow_those_of_its_parts():
    heavy = mixed((1, StudentT(2.5)), (1, Normal(1)))
    assert heavy.variance() == pytest.approx(3.25) and math.isnan(heavy.skewness()) and heavy.excess_kurtosis() == math.inf
    assert math.isnan(mixed((1, Cauchy()), (1, Normal())).mean())
    endless = mixed((1, Zipf(1.5)), (1, Poisson()))
    assert endless.mean() == math.inf and math.isnan(endless.variance())
    pareto = mixed((1, Pareto(2.5)), (1, Normal()))
    assert pareto.skewness() == pareto.excess_kurtosis() == math.inf
    assert mixed((1, Bernoulli(1.0)), (1, Bernoulli(0.0))).variance() == pytest.approx(0.25)
    apart = mixed((1, Uniform(0, 1)), (1, Uniform(5, 6)))
    assert apart.entropy() == pytest.approx(math.log(2), rel=1e-12) and apart.quantile(0.5) == pytest.approx(1.0, abs=1e-14) and apart.cdf(3) == 0.5


# Single values with mass


def test_the_limits_of_a_censored_law_hold_mass():
    law = Censored(Exponential(1), 0.5, 2)
    assert [place for place, _ in law.atoms] == [0.5, 2]
    assert [mass for _, mass in law.atoms] == pytest.approx([-math.expm1(-0.5), math.exp(-2)])
    assert law.log_prob([0.5, 2]) == pytest.approx([math.log(-math.expm1(-0.5)), -2]) and law.log_prob(1) == -1
    assert law.cdf_before([0.5, 2]) == pytest.approx([0, 1 - math.exp(-2)]) and law.cdf([0.5, 2]) == pytest.approx([-math.expm1(-0.5), 1])
    assert law.quantile([0.1, 0.99]).tolist() == [0.5, 2]
    assert law.mean() == pytest.approx(0.5 + math.exp(-0.5) - math.exp(-2))
    assert Censored(Exponential(1), -3, 2).atoms == ((2.0, pytest.approx(math.exp(-2))),)
    assert Normal().atoms == () and Normal().cdf_before(0.3) == Normal().cdf(0.3) and Poisson(3).cdf_before(2) == Poisson(3).cdf(1)


def test_the_distance_to_the_data_counts_what_lies_on_a_limit():
    law = Censored(Normal(), -0.5, 1.0)
    values = law.sample(np.random.default_rng(3), 20_000)
    limit = stats.kstwobign.isf(FALSE_ALARM) / math.sqrt(len(values))
    assert ks(law, values) < limit  # conservative where there are steps
    assert ks(Censored(Normal(0.1), -0.5, 1.0), values) > limit


# Samples


@pytest.mark.parametrize(
    "law",
    [
        Truncated(Gamma(2), 8, 20),
        Truncated(Gamma(2), 1, 3),
        Truncated(Laplace(), -20, -10),
        Truncated(Poisson(4), 12, 40),
        Truncated(Skellam(), -3, 5),
        mixed((1, Beta()), (2, Cauchy()), (0, Uniform())),
        mixed((1, Skellam()), (3, Zipf(2.5))),
        ZeroInflated(Skellam(2.0, 9.0), 0.2),
        VonMises(2.5, 300.0),
        VonMises(1.0, 1e9),
        VonMises(1.0, 1e-9),
        Skellam(1e5, 2e5),
    ],
    ids=repr,
)
def test_samples_fit(law):
    values = law.sample(np.random.default_rng(8), 20_000).astype(float)
    assert values.shape == (20_000,) and len(law.sample(np.random.default_rng(8), 0)) == 0
    steps = law.cdf(values) - law.cdf_before(values)
    heights = law.cdf(values) - np.random.default_rng(9).random(len(values)) * steps
    assert stats.kstest(heights, "uniform").pvalue > FALSE_ALARM
    wrong = 1.05 * heights  # planted: a scale
    assert stats.kstest(np.minimum(wrong, 1), "uniform").pvalue < FALSE_ALARM


# Mass between two places


def test_a_short_stretch_has_all_its_digits():
    for law in (Normal(), Laplace(), StudentT(3), GaussianMixture()):
        for start in (0.0, 0.3, -1.7, 4.0):
            x = start + np.array([1e-12, 1e-9, 1e-5, 1e-3, 0.1])
            found = np.exp(log_between(law, start, x, tails(law, start), tails(law, x)))
            want = [integrate.quad(law.prob, start, stop, epsabs=0, epsrel=1e-13)[0] for stop in x]
            assert found == pytest.approx(want, rel=1e-11), (law, start)


def test_a_piece_of_a_law_knows_its_moments():
    part = piece(Gamma(0.01), 0.0, math.inf, 0.0)
    assert part.anchor + part.mean(part.t) == pytest.approx(0.01, rel=1e-11)
    far = piece(Normal(), 9.0, math.inf, float(Normal().log_sf(9)))
    assert far.anchor + far.mean(far.t) == pytest.approx(math.exp(Normal().log_prob(9) - Normal().log_sf(9)), rel=1e-12)
    many = piece(Poisson(1e9), 0.0, math.inf, 0.0)
    assert many.mean(many.t**2) - many.mean(many.t) ** 2 == pytest.approx(1e9, rel=1e-9)


# Words, forms, places


def test_a_modifier_is_of_its_base_s_kind_and_modifies_no_modifier():
    assert {cls.__name__ for cls in MODIFIERS} == {"Truncated", "Censored", "Mixture", "ZeroInflated"}
    assert not set(plain_laws()) & set(MODIFIERS) and set(densities()) | set(counts()) == set(plain_laws())
    assert not Truncated.discrete and not Mixture.discrete and ZeroInflated.discrete
    assert Truncated in CONTINUOUS and ZeroInflated in DISCRETE
    assert Truncated(Poisson(), 1, 9).discrete and mixed((1, Poisson())).discrete and not Truncated().discrete
    assert Truncated(Poisson(4), 1.5, 6.2).support.low == 2 and Truncated(Poisson(4), 1.5, 6.2).support.high == 6
    with pytest.raises(ValueError, match="base must be one of"):
        Truncated(Truncated())
    with pytest.raises(ValueError, match="base must be one of"):
        Censored(Poisson())


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Truncated(Uniform(), 2, 3), "low and high must leave some of the base law, got 2 and 3: try 0.1 and 0.9"),
        (lambda: Truncated(Poisson(), 1.2, 1.8), "low and high must leave some of the base law, got 1.2 and 1.8: try 2 and 7"),
        (lambda: Truncated(Normal(), 3, 1), "high must be above low, got low 3, high 1: try high 4"),
        (lambda: Censored(Uniform(), 2, 3), "low and high must leave some of the base law between them, got 2 and 3: try 0.1 and 0.9"),
        (lambda: Censored(Normal(), 50, 60), "low and high must leave some of the base law between them, got 50 and 60: try -1.28 and 1.28"),
        (lambda: mixed((0, Normal()), (0, Cauchy())), "weights must not all be 0, got 2 zeros: try part.0.weight = 1"),
        (
            lambda: mixed((1, Normal()), (1, Poisson())),
            "laws must be of one kind, got Normal with a density and Poisson on whole numbers: try Normal for all parts",
        ),
    ],
)
def test_what_cannot_be_gets_a_sentence(make, sentence):
    with pytest.raises(ValueError) as caught:
        make()
    assert str(caught.value).startswith(sentence)


NESTED = [
    Truncated(Gamma(3.0, 2.0), 0.5, 4.0),
    Truncated(GaussianMixture((Part(1.0, 0.0, 2.0),)), -1.0, 4.0),
    Censored(StudentT(4.0), -2.0, 3.0),
    ZeroInflated(Categorical((1.0, 2.0)), 0.1),
    mixed((0.2, Gamma(3.0)), (0.5, Uniform(-1, 2)), (0.3, Laplace(1.0))),
    mixed((1.0, Poisson(3.0)), (2.0, Categorical((0.2, 0.8)))),
]


@pytest.mark.parametrize("law", NESTED, ids=repr)
def test_a_nested_law_survives_every_form(law):
    spec = Explore(law, n=100)
    assert Explore.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec
    assert Explore.from_query(spec.to_query()) == (spec, [])
    names: dict = {}
    exec("\n".join(sorted(_imports(spec))), names)  # what the notebook imports is enough to read the repr
    assert eval(repr(spec), names) == spec
    for path in sweepable(law):
        reel = sweep(law, path)
        assert reel.sweep.ticks[reel.start] == law.leaves()[path][1] and "." not in spoken(path)


def test_paths_read_well():
    assert list(sweepable(Truncated(StudentT()))) == ["base.StudentT.df", "base.StudentT.mu", "base.StudentT.sigma", "low", "high"]
    assert [spoken(path) for path in ("base.StudentT.df", "part.1.law.Normal.mu", "low", "part.0.mean", "rate_up")] == [
        "Student T df",
        "part 2 Normal mu",
        "low",
        "part 1 mean",
        "rate up",
    ]
    counted = {"parts", "part.0.law.Categorical.weights"}
    assert not counted & set(sweepable(mixed((1, Categorical())))) and counted <= set(mixed((1, Categorical())).leaves())


def test_a_censored_law_shows_its_masses_as_arrows():
    law = Censored(Normal(), -1.0, 2.0)
    reel = sweep(law, "high", ghost=Censored())
    arrows = [layer for layer in reel.panels[0].layers if layer.mark == "arrows"]
    assert [layer.role for layer in arrows] == ["ghost", "model"] and arrows[1].label == "mass at a value"
    now = arrows[1].rows[arrows[1].rows["frame"] == reel.start]
    assert now["x"].tolist() == [-1, 2] and now["dy"].tolist() == pytest.approx([special.ndtr(-1), special.ndtr(-2)])
    words = next(layer for layer in reel.panels[0].layers if layer.mark == "text").rows
    assert words[words["frame"] == reel.start]["text"].tolist() == ["0.159", "0.0228"]
    assert not [layer for layer in sweep(Normal(), "mu").panels[0].layers if layer.mark == "arrows"]


def test_laws_on_all_whole_numbers_can_be_compared():
    found = divergences(Skellam(5.0, 3.0), Skellam(6.0, 3.0))
    k = np.arange(-80.0, 90)
    p, q = Skellam(5.0, 3.0).prob(k), Skellam(6.0, 3.0).prob(k)
    assert found.tv == pytest.approx(0.5 * np.abs(p - q).sum(), abs=1e-9) and found.kl_pq == pytest.approx(float(p @ np.log(p / q)), abs=1e-9)
    assert found.w1 == pytest.approx(1.0, abs=1e-8)
    assert Skellam().cdf(-math.inf) == 0 and Skellam().log_sf(-math.inf) == 0 and Skellam().quantile(0) == -math.inf
