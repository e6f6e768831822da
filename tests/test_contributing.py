"""The worked example of CONTRIBUTING, done in a copy of the project: a stranger's family appears everywhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROBE = """
import json
from core.distributions import FAMILY
from core.distributions.explore import Explore, numbers, run
from core.progress import finish
from core.reels.sweep import sweep, sweepable
from core.notebook import build
law = FAMILY[-1]
assert law.__name__ == "Gumbel"
spec = Explore(law(scale=2.0))
draws = finish(run(spec))
assert Explore.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec
assert spec.to_query() == {"dist": "Gumbel", "dist.Gumbel.scale": "2"}
assert list(sweepable(spec.dist)) == ["location", "scale"]
assert sweep(spec.dist, "scale").n_frames > 50
assert b"Gumbel(location=0.0, scale=2.0)" in build("t", "t", spec, run, numbers, numbers(draws))
from streamlit.testing.v1 import AppTest
at = AppTest.from_file("app.py", default_timeout=60)
at.query_params["dist"] = "Gumbel"
at.query_params["dist.Gumbel.scale"] = "2"
at.run().switch_page("pages/distributions.py").run()
assert not at.exception, at.exception
assert "Gumbel" in at.selectbox(key="dist").options
assert at.number_input(key="dist.Gumbel.scale").value == 2.0
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the project with the example put in by its own instructions."""
    place = tmp_path_factory.mktemp("copy") / "ulam"
    shutil.copytree(ROOT, place, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".hypothesis", ".pytest_cache"))
    text = (ROOT / "CONTRIBUTING.md").read_text()
    path, code = re.search(r"<!-- example: (\S+) -->\n```python\n(.*?)```", text, re.S).groups()
    (place / path).write_text(code)
    registry = place / "core/distributions/__init__.py"
    module = path.removesuffix(".py").replace("/", ".")
    lines = registry.read_text().splitlines()
    last = max(i for i, line in enumerate(lines) if line.startswith("from core.distributions."))
    registry.write_text("\n".join([*lines[: last + 1], f"from {module} import Gumbel", *lines[last + 1 :], ""]))
    return place


@pytest.mark.slow
def test_the_example_is_in_the_menu_the_sweep_the_url_and_the_notebook(copy):
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=copy, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.slow
def test_the_contract_tests_find_the_example(copy):
    command = [sys.executable, "-m", "pytest", "tests/distributions/test_families.py", "-k", "Gumbel", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0 and " passed" in done.stdout, done.stdout[-2000:]
    planted = copy / "core/distributions/real_line/gumbel.py"
    right = planted.read_text()
    planted.write_text(right.replace("math.pi**2 / 6", "math.pi**2 / 7"))
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False, timeout=600)
    planted.write_text(right)
    assert done.returncode == 1, "a wrong variance must fail the contract tests"
