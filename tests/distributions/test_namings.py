"""Every other naming of a family is that family: there and back, its moments what it says, its formula right, its refusals sentences."""

import dataclasses
import math
import re
import warnings

import numpy as np
import pytest
from scipy import optimize

from core.distributions import FAMILY, Beta, Categorical, Gamma, GaussianMixture, Normal, Pareto, StudentT, Weibull
from core.distributions.namings import ALL, namings
from core.distributions.namings.naming import Naming, renamed
from core.knobs import Real, Whole
from tests.distributions.tex_value import tex_value

NAMES = [f"{naming.family.__name__}: {naming.title}" for naming in ALL]
# Laws whose fields have no rival in use: one number, degrees of freedom, or a list.
ALONE = {"Moyal", "ChiSquared", "Chi", "HalfCauchy", "FRatio", "Categorical", "GaussianMixture", "Zipf"}
SENTENCE = re.compile(r"\w+(?:, \w+)* must .+, got .+: .*try .+", re.S)
Q = np.array([0.07, 0.31, 0.52, 0.83, 0.96])
LIMIT = 1e-12

each = pytest.mark.parametrize("naming", ALL, ids=NAMES)


@pytest.fixture(autouse=True)
def no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def tick(rng, knob, between):
    """Pick a tick of a slider, or a number between two."""
    value = float(rng.choice(knob.ticks(41)))
    if isinstance(knob, Whole):
        return int(value)
    return float(np.clip(value * (1 + 0.01 * rng.random()), knob.low, knob.high)) if between else value


def members(naming, n=16):
    """Yield members of the family at ticks of its own sliders and between them."""
    rng = np.random.default_rng(4)
    for i in range(n):
        try:
            yield naming.family.read(lambda path, knob, default, i=i: tick(rng, knob, between=i % 2))
        except ValueError:
            continue


def numbers(naming, n=24):
    """Yield what may stand on the sliders of a naming."""
    rng = np.random.default_rng(5)
    for i in range(n):
        yield {name: tick(rng, knob, between=i % 2) for name, knob in naming.fields.items()}


def accepted(naming):
    """Yield numbers of a naming with the member that they name; there are always some."""
    found = []
    for values in numbers(naming, 60):
        try:
            found.append((values, naming.back(values)))
        except ValueError:
            continue
    assert found
    return found[:24]


def near(got, want, knobs):
    """Say whether two settings are the same but for rounding; a place is measured in the widths beside it."""
    span = max(abs(float(value)) for value in want.values())
    slack = {name: LIMIT * max(abs(want[name]), span if knobs[name].bounds[0] < 0 else 0) for name in want}
    return all(abs(got[name] - want[name]) <= slack[name] for name in want)


# What there is


def test_every_family_says_its_own_first_and_nearly_all_have_another():
    for family in FAMILY:
        first, *others = namings(family)
        dist = family()
        assert list(first.fields) == list(dist.leaves()) and first.density == dist.density
        assert first.to(dist) == {path: value for path, (_, value) in dist.leaves().items()} and first.back(first.to(dist)) == dist
        assert all(naming.family is family for naming in others) and namings(dist)[1:] == tuple(others)
        titles = [naming.title for naming in (first, *others)]
        assert len(set(titles)) == len(titles) and all(titles)
    named = {naming.family.__name__ for naming in ALL}
    assert len(named) >= 50 and not named & ALONE
    assert {naming.family for naming in ALL} <= set(FAMILY)


def test_the_own_naming_follows_a_list_of_parts():
    dist = GaussianMixture().with_leaf("parts", 3)
    naming = namings(dist)[0]
    assert naming.title == "Parts" and naming.moved(dist, "part.2.mean", 4.0).parts[2].mean == 4.0
    assert namings(Categorical)[0].to(Categorical())["weight.1"] == 0.3


@each
def test_words_are_there(naming):
    assert naming.used_by and not naming.used_by.endswith(".")
    for name, knob in naming.fields.items():
        assert knob.label and knob.help.endswith(".") and knob.symbol, name
        assert isinstance(knob, Real) and len(knob.ticks()) >= 2
    said = set(re.findall(r"<(\w+)>", naming.density))
    assert said == set(naming.fields), "the density must use every field, and no other"
    assert {name: knob.default for name, knob in naming.fields.items()} == naming.to(naming.family())


def test_when_to_use_it_is_said_for_every_family_in_its_own_words():
    for family in FAMILY:
        assert 60 <= len(family.use) <= 320 and family.use.endswith("."), f"{family.__name__}: say when to use it, what to check, what to take instead"
        assert family.use != family.story
    assert len({family.use for family in FAMILY}) == len(FAMILY)


# There and back


def faults_there_and_back(naming):
    """Return the members that come back as another one."""
    wrong = []
    for dist in members(naming):
        try:
            values = naming.to(dist)
        except ValueError as error:
            assert SENTENCE.fullmatch(str(error)), error
            continue
        back = naming.back(values)
        was, now = ({path: value for path, (_, value) in law.leaves().items()} for law in (dist, back))
        x = dist.quantile(Q)
        same = np.allclose(back.log_prob(x), dist.log_prob(x), rtol=LIMIT, atol=LIMIT)
        if not (near(now, was, dist.params()) and same and all(now[name] == was[name] for name in was if values.get(name) == was[name])):
            wrong.append((dist, back))
    return wrong


@each
def test_a_member_comes_back_as_itself(naming):
    assert not faults_there_and_back(naming)


@each
def test_numbers_come_back_as_they_were(naming):
    for values, dist in accepted(naming):
        assert near(naming.to(dist), values, naming.fields), (values, naming.to(dist))


@each
def test_a_field_that_the_family_has_too_keeps_its_bits(naming):
    shared = [name for name in naming.fields if name in naming.family.params() and naming.fields[name].label == naming.family.params()[name].label]
    for values, dist in accepted(naming):
        assert all(getattr(dist, name) == values[name] for name in shared)


@each
def test_moving_one_number_leaves_the_others(naming):
    dist = naming.family()
    before = naming.to(dist)
    for name, knob in naming.fields.items():
        value = before[name] + 1 if isinstance(knob, Whole) else before[name] * 1.01 or 0.01
        after = naming.to(naming.moved(dist, name, value))
        assert near(after, before | {name: value}, naming.fields)


# What the numbers say


def faults_of_meaning(naming):
    """Return each field that is not what its name says."""
    wrong = []
    for values, dist in accepted(naming):
        for name in ("mean", "sd", "variance", "median", "skewness"):
            if name in naming.fields and (naming.family.__name__, name) != ("InverseGamma", "variance") and not agree(getattr(dist, name)(), values[name]):
                wrong.append((name, values))
        if "mode" in values and not peaks_at(dist, values["mode"]):
            wrong.append(("mode", values))
    return wrong


def agree(got, want):
    return abs(got - want) <= 1e-10 * max(1, abs(want))


def peaks_at(dist, mode):
    """Say whether the density is highest there."""
    low, high = dist.quantile(np.array([0.001, 0.999]))
    x = np.append(np.linspace(low, high, 2001), mode * (1 + np.array([-1e-4, 1e-4])))
    return bool((dist.log_prob(x) <= dist.log_prob(mode) + 1e-12).all())


@each
def test_a_mean_is_the_mean_and_a_mode_is_where_the_density_peaks(naming):
    assert not faults_of_meaning(naming)


@pytest.mark.parametrize(
    "title, family, name, said",
    [
        ("Half-life", "Exponential", "half_life", lambda d: d.median()),
        ("Geometric mean and geometric standard deviation", "LogNormal", "geometric_mean", lambda d: d.median()),
        ("Mean and coefficient of variation", "LogNormal", "cv", lambda d: d.sd() / d.mean()),
        ("Mean and dispersion", "Gamma", "dispersion", lambda d: d.variance() / d.mean() ** 2),
        ("Mean and variance over mean", "NegativeBinomial", "factor", lambda d: d.variance() / d.mean()),
        ("Mean and overdispersion", "NegativeBinomial", "alpha", lambda d: (d.variance() - d.mean()) / d.mean() ** 2),
        ("Share of zeros", "Poisson", "zero", lambda d: float(d.prob(0))),
        ("Rate and share of all zeros", "ZeroInflatedPoisson", "all_zeros", lambda d: float(d.prob(0))),
        ("Centre and full width at half height", "Normal", "width", lambda d: half_height(d)),
        ("Location and full width at half height", "Cauchy", "width", lambda d: half_height(d)),
        ("Hundred-year level, scale and tail index", "GeneralizedExtremeValue", "level", lambda d: float(d.quantile(0.99))),
        ("Tail index and 99 % level", "GeneralizedPareto", "level", lambda d: float(d.quantile(0.99))),
        ("Share of the top fifth and least value", "Pareto", "top", lambda d: top_fifth(d)),
        ("Gini coefficient and least value", "Pareto", "gini", lambda d: gini(d)),
        ("Quantile, its share and scale", "AsymmetricLaplace", "tau", lambda d: float(d.cdf(d.location))),
        ("Risk at the start and its doubling time", "Gompertz", "start", lambda d: float(np.exp(d.log_hazard(1e-12)))),
        ("Root mean square", "Rayleigh", "rms", lambda d: math.sqrt(d.variance() + d.mean() ** 2)),
        ("Shape and root mean square", "Nakagami", "rms", lambda d: math.sqrt(d.variance() + d.mean() ** 2)),
        ("K-factor and mean power", "Rice", "power", lambda d: d.variance() + d.mean() ** 2),
        ("Amount of fading and mean power", "Nakagami", "omega", lambda d: d.variance() + d.mean() ** 2),
        ("Trials, mean probability and correlation", "BetaBinomial", "rho", lambda d: correlation(d)),
        ("Temperature over mass", "Maxwell", "temperature", lambda d: (d.variance() + d.mean() ** 2) / 3),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_number_is_what_its_words_say(title, family, name, said):
    naming = next(naming for naming in ALL if naming.family.__name__ == family and naming.title == title)
    for values, dist in accepted(naming):
        if family != "BetaBinomial" or dist.n > 1:
            assert said(dist) == pytest.approx(values[name], rel=1e-8)


def half_height(dist):
    """The distance between the two places where the density is half of its peak, by bisection."""
    top, middle = dist.log_prob(dist.median()) - math.log(2), dist.median()
    return 2 * (optimize.brentq(lambda x: float(dist.log_prob(x)) - top, middle, middle + 100 * (dist.quantile(0.75) - middle)) - middle)


def share_of_the_whole(dist, weight, top=1.0):
    """Integrate weight(survival) times x over the richest part of a Pareto law, by Gauss rules over log survival; as a share of the mean."""
    nodes, weights = np.polynomial.legendre.leggauss(40)
    edges = np.linspace(-40 / (1 - 1 / dist.shape), math.log(top), 81)
    half = 0.5 * np.diff(edges)[:, None]
    u = edges[:-1, None] + half * (nodes + 1)
    return float((half * weights * weight(np.exp(u)) * dist.scale * np.exp(u * (1 - 1 / dist.shape))).sum()) / dist.mean()


def top_fifth(dist):
    return share_of_the_whole(dist, lambda survival: 1.0, top=0.2)


def gini(dist):
    """One less twice the area under the Lorenz curve: E X (2 F - 1) / E X."""
    return share_of_the_whole(dist, lambda survival: 1 - 2 * survival)


def correlation(dist):
    """Of two trials of one thrower: what the variance says beyond the binomial's."""
    p = dist.mean() / dist.n
    return (dist.variance() / (dist.n * p * (1 - p)) - 1) / (dist.n - 1)


# The formula on screen


def faults_of_formula(naming):
    """Return the members at which the TeX, worked out as a reader would, is not the density; with four digits of each number it is near it."""
    wrong = []
    for dist in [naming.family(), *members(naming, 8)]:
        try:
            values = naming.to(dist)
        except ValueError:  # which has no such numbers
            continue
        x = np.unique(dist.quantile(Q)).astype(float)
        said, short = tex_value(naming.density, values, x), tex_value(naming.formula(dist, numbers=True), {}, x)
        held = np.isfinite(said) & np.isfinite(short)  # a plain gamma function overflows beyond 170
        if not (held.any() and np.allclose(said[held], dist.prob(x[held]), rtol=1e-7) and np.allclose(short[held], dist.prob(x[held]), rtol=0.15)):
            wrong.append(dist)
    return wrong


@each
def test_the_formula_is_the_density_in_the_new_names(naming):
    assert not faults_of_formula(naming)


@pytest.mark.parametrize("family", dict.fromkeys(naming.family for naming in ALL))
def test_so_is_the_family_s_own(family):
    if family.__name__ != "Triangular":  # which says its cases in words
        assert not faults_of_formula(namings(family)[0])
    symbols = namings(family)[0].formula(family())
    assert "<" not in symbols.replace(r"\lt", "")


def test_formula_in_symbols_and_in_numbers():
    naming = next(naming for naming in namings(Gamma) if naming.title == "Mean and dispersion")
    dist = Gamma(shape=4.0, rate=2.0)
    assert naming.formula(dist).startswith(r"\frac{1}{\Gamma(k)\,(m\,\phi)^k}")
    assert naming.formula(dist, numbers=True).startswith(r"\frac{1}{\Gamma(k)\,(2\cdot 0.25)^k}")


# Refusals


@each
def test_what_no_member_has_is_refused_in_a_sentence_whose_remedy_works(naming):
    for values in numbers(naming, 60):
        try:
            naming.back(values)
        except ValueError as error:
            assert SENTENCE.fullmatch(str(error)), error
            assert cured(naming, values, str(error)), error


def cured(naming, values, sentence):
    """Follow the advice, field by field, as long as it names another one."""
    for _ in range(4):
        name, remedy = sentence.split(" ", 1)[0].rstrip(","), sentence.rsplit(" ", 1)[1]
        if name not in values:
            return False
        values = values | {name: type(values[name])(float(remedy))}
        try:
            return bool(naming.back(values))
        except ValueError as error:
            sentence = str(error)
    return False


@each
def test_far_out_there_is_a_member_or_a_sentence(naming):
    rng = np.random.default_rng(6)
    for _ in range(60):
        values = {name: far(rng, knob) for name, knob in naming.fields.items()}
        try:
            naming.to(naming.back(values))
        except ValueError as error:
            assert SENTENCE.fullmatch(str(error)), error


def far(rng, knob):
    """Pick an end of what may be typed, an end of the slider, or a power of ten."""
    value = float(np.clip(rng.choice([*knob.bounds, knob.low, knob.high, 10.0 ** rng.integers(-12, 13)]), *knob.bounds))
    return int(value) if isinstance(knob, Whole) else value


def find(family, title):
    return next(naming for naming in namings(family) if naming.title == title)


@pytest.mark.parametrize(
    "family, title, values, told",
    [
        (Beta, "Mean and standard deviation", {"mean": 0.2, "sd": 0.5}, "sd must lie below sqrt(mean (1 - mean)) = 0.4, got 0.5: try 0.2"),
        (Beta, "Mode and concentration", {"mode": 0.2, "concentration": 2.0}, "concentration must lie above 2 for a peak inside, got 2: try 4"),
        (Pareto, "Mean and least value", {"mean": 1.0, "scale": 2.0}, "mean must lie above the least value 2, got 1: try 4"),
        (Normal, "Mean and variance", {"mu": 0.0, "variance": -1.0}, "variance must lie in [1e-24, 1e+24], got -1: try 1"),
        (Normal, "Mean and variance", {"mu": 0.0}, "the numbers must be mu, variance, got mu: try mu, variance"),
        (Weibull, "Mean and standard deviation", {"mean": 1.0, "sd": 1e9}, "sd must lie between 1.28e-06 and 3.71e+05 times the mean, got 1000000000: try"),
    ],
)
def test_a_sentence(family, title, values, told):
    with pytest.raises(ValueError, match=re.escape(told)):
        find(family, title).back(values)


def test_a_member_that_has_no_such_number_gets_a_sentence():
    naming = find(StudentT, "Degrees of freedom, mean and standard deviation")
    with pytest.raises(ValueError, match=re.escape("df must lie above 2 for a standard deviation, got 1.5: try 4")):
        naming.to(StudentT(df=1.5))


# Planted faults


def planted(**changes) -> Naming:
    right = dict(
        family=Gamma,
        title="planted",
        fields={"mean": find(Gamma, "Mean and shape").fields["mean"], "sd": find(Gamma, "Mean and standard deviation").fields["sd"]},
        to=lambda d: {"mean": d.mean(), "sd": d.sd()},
        back=lambda mean, sd: {"shape": (mean / sd) ** 2, "rate": mean / sd**2},
        density=find(Gamma, "Mean and standard deviation").density,
        used_by="nobody",
    )
    return renamed(**(right | changes))


def test_planted_wrong_maps_are_caught_by_the_same_checks():
    right = planted()
    assert not (faults_there_and_back(right) or faults_of_meaning(right) or faults_of_formula(right))
    one_way = planted(back=lambda mean, sd: {"shape": (mean / sd) ** 2, "rate": mean / sd})
    assert faults_there_and_back(one_way)
    both_ways = planted(to=lambda d: {"mean": d.mean(), "sd": d.variance()}, back=lambda mean, sd: {"shape": mean**2 / sd, "rate": mean / sd})
    assert not faults_there_and_back(both_ways)
    assert faults_of_meaning(both_ways) and faults_of_formula(both_ways)
    slight = planted(back=lambda mean, sd: {"shape": (mean / sd) ** 2 * (1 + 1e-11), "rate": mean / sd**2 * (1 + 1e-11)})
    assert faults_there_and_back(slight)


def test_planted_wrong_formulas_are_caught():
    naming = find(Gamma, "Mean and standard deviation")
    for old, new in ((r"x^{\alpha-1}", r"x^{\alpha}"), (r"\frac{<mean>}{<sd>^2}", r"\frac{<mean>}{<sd>}"), (r"\Gamma(\alpha)", r"\Gamma(\alpha+1)")):
        assert old in naming.density
        assert faults_of_formula(dataclasses.replace(naming, density=naming.density.replace(old, new)))
