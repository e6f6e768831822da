"""Code to take away: every snippet of every family is run, in all four languages, and compared with Ulam's own log density.

R is Debian's (`apt-get install r-base-core`). Stan's programs are translated by `stanc` and compiled by `g++`; the translator and Stan's
headers lie in the wheel of httpstan on PyPI, which is unpacked and not installed, so any Python will do. Each program is then asked for the
log density of its model block, with nothing dropped, at 1,000 values drawn by Ulam, and for a draw of its generated quantities for each.
It takes about a quarter of an hour, and writes `tests/benchmarks/snippets.md`.
"""

import datetime
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import scipy
import torch

from core.distributions import Distribution
from core.distributions.snippets import LANGUAGES, snippet
from tests.distributions.snippet_check import CLOSE, FALSE_ALARM, N, covered, digest, error, fit, settings

HERE = Path(__file__).parent
TABLE = HERE / "snippets.md"
WHEEL = "httpstan==4.13.0"
PLATFORM = ["--only-binary=:all:", "--python-version=3.11", "--implementation=cp", "--platform=manylinux2014_x86_64"]
COMPILER = ["g++", "-std=c++17", "-O0", "-w", "-D_REENTRANT", "-DBOOST_DISABLE_ASSERTS", "-DBOOST_PHOENIX_NO_VARIADIC_EXPRESSION"]
BATCH = 25  # programs compiled at a time: the headers alone take half a minute
LAST = '\nwriteBin(as.double(x), "x")\nwriteBin(as.double(log_p), "log_p")\n'
TOUCHED = ("new_model", "get_stan_profile_data", "stan_model")  # what every translated program defines for all the world
Run = tuple[Distribution, np.ndarray, np.ndarray, np.ndarray]  # the law, the values asked about, log densities there, and draws


def tell(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a command, and return what it says; a failure ends the benchmark with its words."""
    done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))[:200]}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout + done.stderr


def run_python(dist: Distribution, language: str) -> Run:
    """Run a Python snippet in a namespace of its own."""
    names: dict = {}
    exec(snippet(dist, language), names)
    x = np.asarray(names["x"], float)
    return dist, x, np.asarray(names["log_p"]), x


def run_r(dist: Distribution, folder: Path) -> Run:
    """Run a snippet in an R of its own."""
    (folder / "snippet.R").write_text(snippet(dist, "R") + LAST)
    said = tell("Rscript", "--vanilla", "snippet.R", cwd=folder)
    if said.strip():
        raise SystemExit(f"R said: {said}\n{snippet(dist, 'R')}")
    x, log_p = (np.fromfile(folder / name) for name in ("x", "log_p"))
    return dist, x, log_p, x


def unpack_stan(folder: Path) -> Path:
    """Return the folder that holds stanc and Stan's headers."""
    tell(sys.executable, "-m", "pip", "download", "-q", "--no-deps", *PLATFORM, "-d", folder, WHEEL)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder, [name for name in wheel.namelist() if name.startswith(("httpstan/include", "httpstan/lib", "httpstan/stanc"))])
    (folder / "httpstan/stanc").chmod(0o755)
    return folder / "httpstan"


def run_stan(laws: list[Distribution], stan: Path, folder: Path) -> Iterator[Run]:
    """Translate some programs, compile them together, and run each."""
    source, calls = "", ""
    for i, dist in enumerate(laws):
        name = f"law_{i}"
        (folder / f"{name}.stan").write_text(snippet(dist, "Stan") + "\n")
        tell(stan / "stanc", f"--name={name}", f"--o={folder / name}.hpp", folder / f"{name}.stan")
        dist.sample(np.random.default_rng(1), N).astype(float).tofile(folder / f"{name}.x")
        source += "".join(f"#define {word} {word}_{i}\n" for word in TOUCHED) + f'#include "{name}.hpp"\n' + "".join(f"#undef {word}\n" for word in TOUCHED)
        calls += f'  run_model<{name}_namespace::{name}, {str(dist.discrete).lower()}>("{name}");\n'
    (folder / "main.cpp").write_text(f'{source}#include "stan_driver.hpp"\nint main() {{\n{calls}}}\n')
    link = [f"-L{stan / 'lib'}", "-ltbb", f"-Wl,-rpath,{stan / 'lib'}"]
    tell(*COMPILER, f"-I{stan / 'include'}", f"-I{HERE}", "main.cpp", "-o", "main", *link, cwd=folder)
    if said := tell("./main", cwd=folder):
        raise SystemExit(said)
    for i, dist in enumerate(laws):
        yield dist, *(np.fromfile(folder / f"law_{i}.{name}") for name in ("x", "log_p", "draws"))


def cell(runs: list[Run]) -> str:
    """Say how many settings ran, and the largest error; end the benchmark where code is wrong."""
    for dist, x, log_p, draws in runs:
        if not (error(dist, x, log_p) < CLOSE and len(draws) == N and fit(dist, draws) > FALSE_ALARM):
            raise SystemExit(f"wrong: {dist!r}, error {error(dist, x, log_p)}, fit {fit(dist, draws)}")
    worst = max(error(dist, x, log_p) for dist, x, log_p, _ in runs)
    return f"{len(runs)} ran, {worst:.0e}" if worst else f"{len(runs)} ran, 0"


def collect(tried: list[Distribution], folder: Path) -> dict[str, list[Run]]:
    """Run everything; return the runs by language."""
    torch.set_num_threads(1)
    found = {"NumPy": [run_python(dist, "NumPy") for dist in tried], "PyTorch": [run_python(dist, "PyTorch") for dist in tried]}
    print(f"Python: {2 * len(tried)} snippets ran")
    found["R"] = [run_r(dist, folder) for dist in tried]
    print(f"R: {len(tried)} snippets ran")
    stan, found["Stan"] = unpack_stan(folder), []
    programs = [dist for dist in tried if not snippet(dist, "Stan").startswith("//")]
    for start in range(0, len(programs), BATCH):
        found["Stan"] += run_stan(programs[start : start + BATCH], stan, folder)
        print(f"Stan: {len(found['Stan'])} of {len(programs)} programs ran")
    versions = re.search(r"stanc3 v(\S+)", tell(stan / "stanc", "--version")), re.search(r"version (\S+)", tell("Rscript", "--version"))
    found["versions"] = [each.group(1) for each in versions]
    return found


def main() -> None:
    tried = settings()
    with tempfile.TemporaryDirectory() as folder:
        found = collect(tried, Path(folder))
    stanc, r = found.pop("versions")
    versions = f"NumPy {np.__version__}, SciPy {scipy.__version__}, PyTorch {torch.__version__.split('+')[0]}, R {r}, Stan {stanc} (stanc and its headers)"
    lines = [
        "# Code to take away",
        "",
        f"Written by `python -m tests.benchmarks snippets` on {datetime.date.today()}, {os.cpu_count()} cores, Linux. {versions}.",
        "",
        f"Every snippet at its family's defaults, at two settings of its sliders and at awkward ones. Each gave {N:,} draws, which fit the law at a",
        f"false-alarm rate of {FALSE_ALARM:.0e}, and log densities; a cell says at how many settings, and the largest difference from Ulam's own log",
        f"density, in units of it or of 1, whichever is more (at most {CLOSE:.0e}). Stan's programs were translated, compiled and run. The last column",
        "names the code in R and Stan that ran: a test compares it with the code of today.",
        "",
        f"| family | {' | '.join(language.title for language in LANGUAGES)} | code |",
        "|---|---|---|---|---|---|",
    ]
    for family in covered():
        cells = [cell([run for run in found[language.title] if type(run[0]) is family]) for language in LANGUAGES]
        lines.append(f"| {family.__name__} | {' | '.join(cells)} | `{digest(family)}` |")
    TABLE.write_text("\n".join(lines) + "\n")
    print("\n".join(lines))
