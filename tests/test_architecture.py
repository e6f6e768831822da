"""The house stands as designed: who imports whom, how long things are, and no randomness from nowhere."""

import ast
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORE = sorted((ROOT / "core").rglob("*.py"))
PAGES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
# A floor may use its own and those before it.
FLOORS = [
    "knobs parts params spec rng progress formula",
    "distributions",
    "targets",
    "datasets",
    "montecarlo mcmc mixtures",
    "metrics",
    "generative",
    "tables",
    "reels figures",
    "presets",
    "notebook train store",
]
ALONE = {
    "streamlit": lambda path: path in PAGES,
    "plotly": lambda path: (ROOT / "core/figures") in path.parents,
    "torch": lambda path: (ROOT / "core/generative") in path.parents or path == ROOT / "core/store.py",
}
BANNED = (
    "np.random.seed",
    "np.random.rand",
    "np.random.randn",
    "np.random.normal",
    "np.random.uniform",
    "np.random.choice",
    "torch.manual_seed",
    "pickle",
    "eval(",
    "exec(",
)


def floor_of(name: str) -> int | None:
    return next((i for i, floor in enumerate(FLOORS) if name in floor.split()), None)


def imports(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


@pytest.mark.parametrize("path", [*CORE, *PAGES], ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path):
    for name in imports(path):
        top = name.split(".")[0]
        assert top not in ALONE or ALONE[top](path), f"{path.name} may not import {top}"
        if path in CORE:
            assert top not in ("pages", "app", "tests"), f"the engine may not import {name}"
            mine, theirs = path.relative_to(ROOT / "core").parts[0].removesuffix(".py"), [*name.split("."), ""][1]
            if top == "core" and None not in (floor_of(mine), floor_of(theirs)):
                assert floor_of(theirs) <= floor_of(mine), f"core.{mine} stands below core.{theirs}"


@pytest.mark.parametrize("path", [*CORE, *PAGES], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_randomness_from_nowhere_and_nothing_unsafe(path):
    text = path.read_text()
    assert not [word for word in BANNED if word in text]
    assert "print(" not in text or path.name == "notebook.py" or "__main__" in path.name
    assert "unsafe_allow_html=True" not in text and "unsafe_allow_javascript" not in text


@pytest.mark.parametrize("path", [*CORE, *PAGES], ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_are_short(path):
    most = 250 if path in CORE else 25 if path.name == "app.py" else 150 if path.parent.name == "pages" else 250
    lines = len(path.read_text().splitlines())
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = (body[-1].end_lineno - body[0].lineno + 1) if body else 0
            assert length <= 60, f"{path.name}: {node.name} has {length} lines"
            if length > 40:
                warnings.warn(f"{path.name}: {node.name} has {length} lines", stacklevel=1)
    assert lines <= 1.5 * most, f"{path.name} has {lines} lines for {most}"
    if lines > most:
        warnings.warn(f"{path.name} has {lines} lines for {most}", stacklevel=1)


def test_families_are_complete():
    from core.distributions import FAMILY
    from core.distributions.base import Distribution

    def below(cls):
        return {cls} | {each for sub in cls.__subclasses__() for each in below(sub)}

    for path in (ROOT / "core/distributions").rglob("*.py"):
        __import__(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    assert {cls for cls in below(Distribution) if "title" in vars(cls)} == set(FAMILY)  # a base has no title


def test_the_test_command_is_the_readme_s():
    command = (ROOT / ".ci/run").read_text().strip().splitlines()[-1]
    assert command in (ROOT / "README.md").read_text().splitlines()
