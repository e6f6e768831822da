"""Run the whole suite: `python -m tests`, or the quick loop: `python -m tests -m quick`."""

import os
import subprocess
import sys
from pathlib import Path

from tests.chromium import provide

ROOT = Path(__file__).resolve().parents[1]
WORKERS = "2"
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")}


def main() -> int:
    """Provide a browser unless the quick loop needs none, then run pytest on two workers with one thread each."""
    asked = sys.argv[1:]
    browser = {} if "quick" in asked else {"CHROMIUM": provide()}
    command = [sys.executable, "-m", "pytest", "-n", WORKERS, "--dist", "loadgroup", *asked]
    return subprocess.run(command, cwd=ROOT, env=os.environ | ONE_THREAD | browser, check=False).returncode


sys.exit(main())
