"""Every page's notebook runs in a fresh kernel outside the repository and gives the page's numbers to the last bit."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from core import notebook
from core.distributions import FAMILY, StudentT, explore, pair, updating
from core.distributions.explore import Explore, numbers, run
from core.distributions.multivariate import BivariateT, Dirichlet, several
from core.distributions.multivariate.several import Several
from core.distributions.pair import Pair
from core.distributions.updating import Updating
from core.figures.distributions import histogram
from core.montecarlo import direct, fitting, importance, limits, pi, rejection
from core.montecarlo.direct import Direct
from core.montecarlo.envelopes import Student, Tangents
from core.montecarlo.fitting import Fitting
from core.montecarlo.importance import Importance
from core.montecarlo.importance_expectation import Expectation
from core.montecarlo.limits import Limits
from core.montecarlo.pi import MonteCarlo
from core.montecarlo.race import Race
from core.montecarlo.rejection import Rejection
from core.montecarlo.rejection_cost import Cost
from core.progress import finish
from core.targets import Banana, Hills
from core.targets.typed import Typed

ROOT = Path(__file__).resolve().parents[2]
SPECS = [Explore(), *(Explore(cls(), n=500, seed=3) for cls in FAMILY if cls.__name__ in ("GaussianMixture", "Categorical", "Cauchy"))]
SPECS += [Limits(question=question(), seed=5) for question in limits.QUESTIONS]
SPECS += [Several(BivariateT(df=1.5), n=500, seed=3), Several(Dirichlet(a=0.3), n=500, seed=3)]
SPECS += [Fitting(tested=1, bootstrap=19, seed=3), Pair(n=500, seed=3), Updating(n=30, seed=3)]
SPECS += [MonteCarlo(Race(most=8, replicates=64) if question is Race else question(), seed=5) for question in pi.QUESTIONS]
SPECS += [Direct(question(), seed=5) for question in direct.QUESTIONS]
SPECS += [Importance(question(), seed=5) for question in importance.QUESTIONS]
SPECS += [Importance(Expectation(target=Typed(), proposal=StudentT(3.0, 1.5, 2.0), f="[x > 1]"), seed=5)]
SPECS += [Rejection(n=500, seed=3), Rejection(Hills(), Tangents(), n=500, seed=3), Rejection(Banana(), Student(), n=500, seed=3), Cost(n=2000, seed=3)]
PAGES = {
    Rejection: rejection,
    Cost: rejection,
    Direct: direct,
    Explore: explore,
    Limits: limits,
    Several: several,
    Pair: pair,
    Updating: updating,
    MonteCarlo: pi,
    Importance: importance,
    Fitting: fitting,
}


def made(spec: Explore | Limits | Several, page: dict | None = None) -> nbformat.NotebookNode:
    of = PAGES[type(spec)]
    shown = page or of.numbers(finish(of.run(spec)))
    figures = [histogram] if isinstance(spec, Explore) else []
    file = notebook.build("A law", "Words.", spec, of.run, of.numbers, shown, figures, "http://example.org/distributions?n=5")
    book = nbformat.reads(file.decode(), as_version=4)
    nbformat.validate(book)
    return book


def execute(book: nbformat.NotebookNode, place: Path, installed: bool = True) -> str:
    """Run in a fresh kernel in another folder; the engine is on its path as an installation would put it there."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | ({"PYTHONPATH": str(ROOT)} if installed else {})
    client = NotebookClient(book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(place)}})
    client.execute(env=environment)
    return "".join(output.get("text", "") for cell in book.cells for output in cell.get("outputs", []))


@pytest.mark.parametrize(
    "spec", SPECS, ids=lambda spec: type(getattr(spec, "question", None) or getattr(spec, "law", None) or getattr(spec, "dist", spec)).__name__
)
def test_a_notebook_gives_the_page_s_numbers_to_the_last_bit(spec, tmp_path):
    said = execute(made(spec), tmp_path)
    assert "Every number is the page's, to the last bit." in said
    of = PAGES[type(spec)]
    for name, value in of.numbers(finish(of.run(spec))).items():
        assert f"{name}: {value!r}" in said


def test_a_notebook_says_when_a_number_differs(tmp_path):
    wrong = numbers(finish(run(Explore()))) | {"sample mean": 0.123}
    with pytest.raises(CellExecutionError, match="AssertionError"):
        execute(made(Explore(), wrong), tmp_path)


def test_without_the_engine_the_first_cell_says_what_to_do(tmp_path):
    with pytest.raises(CellExecutionError) as caught:
        execute(made(Explore()), tmp_path, installed=False)
    assert notebook.NEEDS in str(caught.value)


def test_the_same_experiment_gives_the_same_file():
    assert nbformat.writes(made(Explore())) == nbformat.writes(made(Explore()))


@pytest.mark.slow
def test_the_engine_installs_with_its_data(tmp_path):
    """Install into a folder of its own, without its dependencies, and use it from elsewhere."""
    place = tmp_path / "site"
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(place), str(ROOT)], check=True, timeout=300)
    code = "import core.reels.standalone as s, core.distributions; print(s.stage_files())"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(place)}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(place / "share" / "ulam" / "stage")
