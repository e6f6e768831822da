"""Code to take away: every Python snippet is run here; those in R and Stan are run by `python -m tests.benchmarks snippets`."""

import re
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch

from core import distributions as law
from core.distributions import FAMILY
from core.distributions.snippets import LANGUAGES, numpy_scipy, pytorch_laws, r, snippet, stan, stan_laws
from tests.distributions.snippet_check import CLOSE, FALSE_ALARM, WITHOUT, N, covered, digest, error, fit, settings

ROOT = Path(__file__).resolve().parents[2]
TABLES = {"NumPy": numpy_scipy.TABLE, "PyTorch": pytorch_laws.TABLE, "R": r.TABLE, "Stan": stan_laws.TABLE}
EXAMPLE = re.findall(r"^class (\w+)\(", (ROOT / "CONTRIBUTING.md").read_text(), re.M)
PYTHON = ("NumPy", "PyTorch")
LONGEST = {"NumPy": 9, "PyTorch": 12, "R": 12, "Stan": 30}  # lines
SETTINGS = settings()
each_language = pytest.mark.parametrize("language", [language.title for language in LANGUAGES])


@pytest.fixture(autouse=True)
def quiet_and_repeatable():
    """Let no warning pass, keep torch to one thread, and let its draws be the same each time without a lasting seed."""
    torch.set_num_threads(1)
    with warnings.catch_warnings(), torch.random.fork_rng(devices=[]):
        warnings.simplefilter("error")
        torch.random.set_rng_state(torch.Generator().manual_seed(1).get_state())
        yield


def run(code):
    """Run a snippet as a user would, in a namespace of its own; return its values and their log densities."""
    names = {}
    exec(compile(code, "snippet", "exec"), names)
    return np.asarray(names["x"]), np.asarray(names["log_p"])


def holds(dist, x, log_p):
    """Say whether the values and the log densities are those of the law."""
    return x.shape == log_p.shape == (N,) and error(dist, x, log_p) < CLOSE and fit(dist, x) > FALSE_ALARM


# Every family, every language


@each_language
def test_every_family_has_code(language):
    asked = {family.__name__ for family in FAMILY} - {*WITHOUT, *EXAMPLE}
    missing, unknown = asked - set(TABLES[language]), set(TABLES[language]) - asked
    assert not missing, f"write {missing} into core/distributions/snippets, or name it in WITHOUT (tests/distributions/snippet_check.py)"
    assert not unknown


@pytest.mark.parametrize("language", PYTHON)
@pytest.mark.parametrize("dist", SETTINGS, ids=repr)
def test_python_runs_and_is_right(language, dist):
    code = snippet(dist, language)
    x, log_p = run(code)
    assert holds(dist, x, log_p), (code, x.shape, error(dist, x, log_p), fit(dist, x))


@each_language
def test_every_place_is_filled_and_every_bracket_closed(language):
    for dist in SETTINGS:
        code = snippet(dist, language)
        assert not re.search(r"\$|\bnan\b|\binf\b|np\.float64", code), code
        assert code == code.strip() and len(code.splitlines()) <= LONGEST[language], code
        assert all(code.count(left) == code.count(right) for left, right in ("()", "[]", "{}")), code


@each_language
def test_numbers_are_exact(language):
    code = snippet(law.GeneralizedNormal(-2.0, 1e-12, 1 / 3), language)
    numbers = {float(each) for each in re.findall(r"(?<![\w.])-?\d+\.?\d*(?:e[-+]?\d+)?", code)}
    assert {-2.0, 1e-12, 1 / 3} <= numbers


def test_the_numbers_of_each_language_are_written_its_own_way():
    dist = law.BetaBinomial(20, 2.0, 0.5)
    assert "x ~ beta_binomial(20, 2.0, 0.5);" in snippet(dist, "Stan")  # a whole number must be one; a real one keeps its point
    assert "a <- 2\n" in snippet(dist, "R")
    assert "rng.beta(2.0, 0.5, size=1000)" in snippet(dist, "NumPy")
    assert "[0.5, 0.3, 0.2]'" in snippet(law.Categorical(), "Stan")
    assert "c(0.5, 0.3, 0.2)" in snippet(law.Categorical(), "R")


def test_stan_refuses_whole_numbers_that_it_cannot_hold():
    assert snippet(law.DiscreteUniform(0, 2**31 - 1), "Stan").startswith("data {")
    assert snippet(law.DiscreteUniform(0, 2**31), "Stan") == "// Stan's whole numbers end at 2147483647, and these go beyond."
    assert stan.MOST == 2**31 - 1


def test_the_table_of_runs_is_of_this_code():
    rows = dict(re.findall(r"^\| (\w+) \|.*\| `(\w+)` \|$", (ROOT / "tests/benchmarks/snippets.md").read_text(), re.M))
    assert rows == {family.__name__: digest(family) for family in covered()}, "run `python -m tests.benchmarks snippets`, which needs R and a C++ compiler"


# What is in no table


@pytest.mark.parametrize("dist", [law.Normal(-2.0, 0.3), law.GaussianMixture()], ids=repr)
def test_a_family_without_code_gets_something_true(monkeypatch, dist):
    for table in TABLES.values():
        monkeypatch.delitem(table, type(dist).__name__)
    assert holds(dist, *run(snippet(dist, "NumPy")))
    for language in LANGUAGES[1:]:
        text = snippet(dist, language.title)
        assert text.startswith(f"{language.comment} There is no code in {language.title} ") and text.endswith(".") and "\n" not in text


@pytest.mark.parametrize("name", WITHOUT)
def test_a_law_around_another_gets_its_own_class(name):
    if family := next((each for each in FAMILY if each.__name__ == name), None):
        x, log_p = run(snippet(family(), "NumPy"))
        assert x.shape == (N,) and np.array_equal(x, family().sample(np.random.default_rng(1), N)) and error(family(), x, log_p) == 0
    assert name not in {key for table in TABLES.values() for key in table}


def test_an_unknown_language_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="language must be one of NumPy, PyTorch, R, Stan, got Fortran: try NumPy"):
        snippet(law.Normal(), "Fortran")


# Planted faults, which the same check must catch


@pytest.mark.parametrize(
    ("language", "dist", "right", "wrong"),
    [
        ("NumPy", law.Gamma(2.0, 2.5), "scale=1 / 2.5, size", "scale=2.5, size"),  # a scale for a rate, in the draw
        ("NumPy", law.Gamma(2.0, 2.5), "a=2.0, scale=1 / 2.5", "a=2.0, scale=2.5"),  # and in the log density
        ("NumPy", law.Pareto(), "(1 + rng.pareto(3.0, size=1000))", "rng.pareto(3.0, size=1000)"),
        ("NumPy", law.GeneralizedExtremeValue(), "c=-xi", "c=xi"),
        ("NumPy", law.Categorical((1.0, 3.0)), "np.log(p[x])", "np.log(weights[x])"),
        ("PyTorch", law.Exponential(2.5), "Exponential(rate)", "Exponential(1 / rate)"),
        ("PyTorch", law.NegativeBinomial(), "probs=1 - p", "probs=p"),
        ("PyTorch", law.Geometric(), "failures + 1", "failures"),
        ("PyTorch", law.Logistic(), "2 * softplus", "softplus"),
        ("PyTorch", law.SkewNormal(), "alpha**2", "alpha"),
        ("PyTorch", law.Normal(0.1), "torch.float64", "torch.float32"),  # half of the digits
        ("PyTorch", law.Binomial(), "(1000,)", "(999,)"),
    ],
)
def test_planted_faults_are_caught(language, dist, right, wrong):
    code = snippet(dist, language)
    assert right in code and holds(dist, *run(code))
    assert not holds(dist, *run(code.replace(right, wrong)))


def test_planted_a_width_wrong_by_a_third_is_noticed():
    dist = law.Normal()
    x = law.Normal(sigma=4 / 3).sample(np.random.default_rng(1), N)
    assert not holds(dist, x, dist.log_prob(x))
