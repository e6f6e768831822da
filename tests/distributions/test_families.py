"""What every family promises, asked of every member of FAMILY: a new member is tested by being there."""

import importlib
import math
import pkgutil
import re
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import core.distributions
from core.distributions import CONTINUOUS, DISCRETE, FAMILY, Distribution, Geometric, Normal
from core.params import Choice, Real, Whole
from core.spec import Spec

FALSE_ALARM = 1e-5  # how often an honest sampler fails one of the tests of fit
NUMBERS = ("mean", "variance", "skewness", "excess_kurtosis", "entropy")
COVERED = 1e-12  # the mass left out on each side when a density is integrated


@pytest.fixture(autouse=True)
def no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


each_family = pytest.mark.parametrize("family", FAMILY)
each_continuous = pytest.mark.parametrize("family", CONTINUOUS)
each_discrete = pytest.mark.parametrize("family", DISCRETE)


def settings_of(family):
    """Draw settings from the ticks of the sliders; those that agree() refuses are passed over."""

    def build(draw):
        def ask(path, knob, default):
            if isinstance(knob, Choice):
                return default
            ticks = knob.ticks(21)
            tick = draw(st.sampled_from(list(ticks)))
            return int(tick) if isinstance(knob, Whole) else float(tick)

        for _ in range(20):
            try:
                return family.read(ask)
            except ValueError:
                continue
        return family()

    return st.composite(build)()


def drawn(test):
    """Run a test at a few settings that hypothesis draws for each family."""

    @each_family
    def run(family):
        @settings(max_examples=8, deadline=None, derandomize=True, database=None)
        @given(settings_of(family))
        def inner(spec):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                test(spec)

        inner()

    run.__doc__ = test.__doc__
    return run


def probes(spec):
    """Return points that cover the law: quantiles for a density, the whole numbers between for a lattice."""
    if spec.discrete:
        low, high = spec.quantile(np.array([1e-12, 1 - 1e-12]))
        return np.arange(max(low, spec.support.low), min(high, low + 3000) + 1)
    return np.unique(spec.quantile(np.linspace(0.001, 0.999, 41)))


def integral(spec, function):
    """Integrate density times function over nearly all the mass, by a Gauss rule between quantiles; return the mass as well."""
    grid = np.geomspace(COVERED, 0.5, 70)
    nodes, weights = np.polynomial.legendre.leggauss(24)
    edges = np.unique(np.concatenate([spec.quantile(grid), spec.quantile(1 - grid), breaks(spec)]))
    within = edges < spec.support.high - 1e-14  # next to an upper end the floats are too coarse for a density that climbs
    if math.isfinite(spec.support.low) and spec.support.low:  # and so they are next to a lower end that is not 0
        within &= edges > spec.support.low + 1e-14
    edges = np.unique([spec.support.low, *edges, spec.support.high]) if spec.atoms else edges[within]
    half = 0.5 * np.diff(edges)[:, None]
    x = edges[:-1, None] + half * (nodes + 1)
    whole = float((half * weights * spec.prob(x) * function(x, spec.log_prob(x))).sum())
    whole += sum(mass * function(place, math.log(mass)) for place, mass in spec.atoms if mass)
    return whole, float(spec.cdf(edges[-1]) - spec.cdf_before(edges[0]))


def breaks(spec):
    """Return the settings that lie inside the range: a density may bend there (Laplace's peak, Triangular's), and jump where a part begins."""
    values = [value for _, value in spec.leaves().values() if isinstance(value, float)]
    values += [end for part in getattr(spec, "parts", ()) if hasattr(part, "law") for end in (part.law.support.low, part.law.support.high)]
    low, high = spec.quantile(np.array([COVERED, 1 - COVERED]))
    return [value for value in values if low < value < high]


def total(spec, function):
    """Sum mass times function over the law; return the mass as well."""
    k = probes(spec)
    log_p = spec.log_prob(k)
    kept = np.isfinite(log_p)
    return float((np.exp(log_p[kept]) * function(k[kept], log_p[kept])).sum()), float(spec.cdf(k[-1]))


# Words, forms, places


def test_the_three_tuples_fit_together():
    assert set(CONTINUOUS) | set(DISCRETE) == set(FAMILY)
    assert len(set(FAMILY)) == len(FAMILY) == len({family.__name__ for family in FAMILY}) == len({family.title for family in FAMILY})


def test_no_member_is_missing_from_the_tuple():
    found = set()
    for module in pkgutil.walk_packages(core.distributions.__path__, "core.distributions."):
        loaded = importlib.import_module(module.name)
        if module.name.count(".") >= 3 and ".relations." not in module.name:  # a file in one of the folders; a relation's own laws are no members
            found |= {each for each in vars(loaded).values() if isinstance(each, type) and issubclass(each, Distribution) and each.__module__ == module.name}
    assert found == set(FAMILY)


@each_family
def test_words_are_there(family):
    spec = family()
    fields = set(family.params())
    assert family.title and family.story.endswith(".") and family.reference.startswith("https://")
    assert family.__doc__ and "https://" in family.__doc__
    assert set(family.formulas) == set(NUMBERS)
    for text in (family.density, *family.formulas.values()):
        assert set(re.findall(r"<(\w+)>", text)) <= fields
        assert text.count("{") == text.count("}") and not re.search(r"<(?!\w+>)|[^\w]>", text)
    for path, (knob, _) in spec.leaves().items():
        assert knob.label and knob.help.endswith("."), path
    for name in fields:
        assert not hasattr(Distribution, name)


@each_family
def test_a_spec_survives_every_form(family):
    names = vars(importlib.import_module(family.__module__))
    for spec in (family(), *changed(family)):
        assert eval(repr(spec), dict(names)) == spec  # our own repr, in a test
        assert family.from_dict(spec.to_dict()) == spec
        assert family.from_query(spec.to_query("law"), "law") == (spec, [])


def reals(spec):
    """Return the knobs of the numbers by path: a law may also hold the name of another."""
    return {path: knob for path, (knob, _) in spec.leaves().items() if isinstance(knob, Real)}


def changed(family):
    """Yield a spec for every number moved to its last tick, where that is allowed."""
    for path, knob in reals(family()).items():
        try:
            yield family().with_leaf(path, float(knob.ticks()[-1]))
        except ValueError:
            continue


@each_family
def test_every_tick_is_a_setting_or_is_refused_by_agree_only(family):
    for path, knob in reals(family()).items():
        ticks = knob.ticks()
        assert 2 <= len(ticks) <= 101 and (np.diff(ticks) > 0).all()
        for tick in ticks:
            knob.check(path, float(tick))
            try:
                spec = family().with_leaf(path, float(tick))
            except ValueError as error:
                assert family.agree is not Spec.agree and re.search(r"must .*, got .*: try ", str(error))
                continue
            low, high = spec.window()
            assert math.isfinite(low) and math.isfinite(high) and low < high
            assert np.isfinite(spec.cdf(np.linspace(low, high, 50))).all()


@each_family
def test_a_field_refuses_what_lies_outside_its_bounds(family):
    for path, knob in reals(family()).items():
        for wrong in (math.nan, math.inf, "1", 10.0 * knob.bounds[1] + 1):
            with pytest.raises(ValueError, match="must"):
                family().with_leaf(path, wrong)


# Curves


@drawn
def test_cdf_rises_and_its_steps_are_the_mass(spec):
    x = probes(spec)
    cdf = spec.cdf(x)
    assert ((cdf >= 0) & (cdf <= 1)).all() and (np.diff(cdf) >= -1e-15).all()
    if spec.discrete:
        assert cdf == pytest.approx(np.cumsum(spec.prob(x)), rel=1e-11, abs=1e-11)
        assert (spec.cdf(x + 0.5) == cdf).all()
        return
    nodes, weights = np.polynomial.legendre.leggauss(40)
    inner = x if spec.atoms else x[5:-5]
    edges = np.unique(np.concatenate([inner, [value for value in breaks(spec) if inner[0] < value < inner[-1]]]))
    half = 0.5 * np.diff(edges)[:, None]
    mass = (half * weights * spec.prob(edges[:-1, None] + half * (nodes + 1))).sum(axis=1)
    assert spec.cdf_before(edges[1:]) - spec.cdf(edges[:-1]) == pytest.approx(mass, rel=1e-8, abs=1e-12)
    for place, held in spec.atoms:
        assert spec.cdf(place) - spec.cdf_before(place) == pytest.approx(held) == pytest.approx(spec.prob(place))


@drawn
def test_all_mass_is_one(spec):
    over = total if spec.discrete else integral
    whole, covered = over(spec, lambda x, log_p: 1.0)
    assert whole == pytest.approx(covered, abs=1e-8) and covered > 1 - 1e-5


@drawn
def test_quantile_undoes_cdf(spec):
    if spec.discrete:
        k = probes(spec)
        counts = k[spec.prob(k) > 1e-12 * np.maximum(spec.cdf(k), 1e-300)]
        counts = counts[spec.cdf(counts) < 1 - 1e-12]
        counts = counts[spec.prob(counts) > 1e-14]
        assert (spec.quantile(spec.cdf(counts)) == counts).all()
        q = np.linspace(0.001, 0.999, 57)
        found = spec.quantile(q)
        assert (spec.cdf(found) >= q).all() and (spec.cdf(found - 1) < q).all()
        return
    q = np.array([1e-12, 1e-6, 0.01, 0.3, 0.5, 0.77, 0.999])
    x = spec.quantile(q)
    single = np.isin(x, [place for place, _ in spec.atoms])
    assert ((spec.cdf_before(x) <= q) & (q <= spec.cdf(x)))[single].all()
    q, x = q[~single], x[~single]
    grain = np.spacing(np.abs(x)) * spec.prob(np.where(x > spec.support.low, x, spec.median()))  # next to an end x itself is coarse
    assert (np.abs(spec.cdf(x) - q) <= 1e-9 * q + 1e-12 + 4 * grain).all()
    x = spec.quantile(1 - q)
    inside = (x < spec.support.high) & ~np.isin(x, [place for place, _ in spec.atoms])
    x, want = x[inside], np.log1p(-(1 - q))[inside]
    grain = np.spacing(np.abs(x)) * np.exp(spec.log_prob(x) - want)
    assert (np.abs(spec.log_sf(x) - want) <= 1e-9 + 4 * grain).all()


@drawn
def test_the_forms_agree(spec):
    x = probes(spec)
    assert np.exp(spec.log_cdf(x)) == pytest.approx(spec.cdf(x), rel=1e-11, abs=1e-300)
    assert spec.cdf(x) + spec.sf(x) == pytest.approx(np.ones(len(x)), rel=1e-12)
    assert np.exp(spec.log_prob(x)) == pytest.approx(spec.prob(x))
    assert np.logaddexp(spec.log_cdf(x), spec.log_sf(x)) == pytest.approx(np.zeros(len(x)), abs=1e-12)


@drawn
def test_numbers_are_the_integrals_they_stand_for(spec):
    over = total if spec.discrete else integral
    if spec.variance() == 0 or not math.isfinite(spec.variance()):
        return
    mean, sd = spec.mean(), spec.sd()
    assert over(spec, lambda x, log_p: -log_p)[0] == pytest.approx(spec.entropy(), rel=2e-4, abs=2e-4)
    for name, order, less in (("mean", 1, 0), ("variance", 2, 0), ("skewness", 3, 0), ("excess_kurtosis", 4, 3)):
        if not math.isfinite(getattr(spec, name)()) or not reached(spec, order):
            continue
        want = {1: 0.0, 2: 1.0}.get(order, getattr(spec, name)() + less)
        assert over(spec, lambda x, log_p, order=order: ((x - mean) / sd) ** order)[0] == pytest.approx(want, rel=2e-4, abs=2e-4), name


def reached(spec, order):
    """Say whether the mass beyond the integral's ends is too little to move a moment (it is not in a power law's tail)."""
    ends = spec.quantile(np.array([COVERED, 1 - COVERED]))
    return bool((COVERED * np.abs((ends - spec.mean()) / spec.sd()) ** order < 3e-6).all())


# Edges


@each_family
def test_outside_the_support_there_is_nothing(family):
    spec = family()
    for end, cdf in ((spec.support.low, 0.0), (spec.support.high, 1.0)):
        outside = end + (1 if cdf else -1) if math.isfinite(end) else end
        assert spec.log_prob(outside) == -math.inf and spec.prob(outside) == 0
        assert spec.cdf(outside) == cdf and spec.sf(outside) == 1 - cdf
        assert spec.log_cdf(outside) == (0 if cdf else -math.inf) and spec.log_sf(outside) == (-math.inf if cdf else 0)
    if spec.discrete:
        assert (spec.log_prob(probes(spec) + 0.5) == -math.inf).all()


@each_family
def test_nan_stays_nan_and_shapes_stay(family):
    spec = family()
    for name in ("log_prob", "prob", "cdf", "sf", "log_cdf", "log_sf", "quantile"):
        method = getattr(spec, name)
        assert np.isnan(method(math.nan))
        assert np.isnan(method(np.array([0.5, math.nan]))).tolist() == [False, True]
        assert isinstance(method(0.5), np.float64) and method(1).shape == ()
        assert method(np.full((2, 3), 0.5)).shape == (2, 3) and method([]).shape == (0,)


@each_family
def test_quantile_at_the_ends(family):
    spec = family()
    assert spec.quantile(0) == spec.support.low and spec.quantile(1) == spec.support.high
    assert np.isnan(spec.quantile([-1e-9, 1.1, math.inf])).all()


# Samples


def fit_p_value(spec, values):
    """Return how likely a sample fits so badly by chance: Kolmogorov and Smirnov, or chi-square over the common values."""
    if spec.atoms:  # a uniform height on the step at each value
        top, bottom = spec.cdf(values), spec.cdf_before(values)
        return stats.kstest(top - np.random.default_rng(4).random(len(values)) * (top - bottom), "uniform").pvalue
    if not spec.discrete:
        return stats.kstest(values, spec.cdf).pvalue
    low, high = spec.quantile(np.array([1e-3, 1 - 1e-3]))
    cuts = np.unique(np.concatenate([[low - 1], spec.quantile(np.linspace(0.02, 0.98, 40)), [high]]))
    mass = np.diff(np.concatenate([[0], spec.cdf(cuts), [1]]))
    counts = np.bincount(np.searchsorted(cuts, values), minlength=len(mass))
    kept = mass * len(values) >= 5
    if counts[mass == 0].any():
        return 0.0
    if kept.sum() < 2:
        return 1.0
    expected = mass[kept] * len(values)
    return stats.chi2.sf(((counts[kept] - expected) ** 2 / expected).sum(), max(1, kept.sum() - 1))


@drawn
def test_a_sample_fits(spec):
    n = 20_000
    values = spec.sample(np.random.default_rng(1), n)
    assert values.shape == (n,) and values.dtype == (np.int64 if spec.discrete else np.float64)
    assert ((values >= spec.support.low) & (values <= spec.support.high)).all()
    assert fit_p_value(spec, values) > FALSE_ALARM
    if math.isfinite(spec.variance()) and spec.variance() > 0 and math.isfinite(spec.excess_kurtosis()):
        z = (values.mean() - spec.mean()) / (spec.sd() / math.sqrt(n))
        slack = 1 + abs(spec.skewness()) / math.sqrt(n)  # the mean of a skew law is not quite normal
        assert 2 * stats.norm.sf(abs(z) / slack) > FALSE_ALARM


@each_family
def test_a_sample_is_the_same_in_one_piece_or_two(family):
    one, two = np.random.default_rng(5), np.random.default_rng(5)
    whole = family().sample(one, 1000)
    assert (family().sample(np.random.default_rng(5), 1000) == whole).all()
    if not family.modifier and family.__name__ != "GaussianMixture":  # which draw all values of one kind first
        assert (np.concatenate([family().sample(two, 300), family().sample(two, 700)]) == whole).all()
    assert family().sample(one, 0).shape == (0,)


@each_continuous
def test_planted_a_scale_wrong_by_a_twentieth_is_noticed(family):
    spec = family()
    values = spec.sample(np.random.default_rng(2), 200_000)
    center = spec.median()
    assert fit_p_value(spec, center + 1.05 * (values - center)) < FALSE_ALARM


@each_discrete
def test_planted_an_offset_of_one_is_noticed(family):
    values = family().sample(np.random.default_rng(2), 20_000)
    assert fit_p_value(family(), values + 1) < FALSE_ALARM


def test_planted_sigma_wrong_by_two_percent_is_noticed():
    assert fit_p_value(Normal(), Normal(sigma=1.02).sample(np.random.default_rng(3), 400_000)) < FALSE_ALARM


def test_planted_failures_counted_for_trials_is_noticed():
    spec = Geometric()
    assert fit_p_value(spec, spec.sample(np.random.default_rng(3), 20_000) - 1) < FALSE_ALARM


# The house


def test_no_member_imports_the_slow_library():
    """scipy.stats takes long to load, and is wrong in places (see test_special.py)."""
    for path in Path(core.distributions.__path__[0]).rglob("*.py"):
        assert "scipy.stats" not in path.read_text(), path
        assert "import stats" not in path.read_text(), path
