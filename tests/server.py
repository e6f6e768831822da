"""A Streamlit server for a test or a benchmark: cold, on a free port, gone afterwards."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serve(script: Path = ROOT / "app.py", limit: float = 60.0, log: Path | None = None):
    """Run a script under Streamlit and yield its address; what the server says goes to `log`."""
    port = free_port()
    out = open(log, "w") if log else subprocess.DEVNULL  # noqa: SIM115 - closed below
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    server = subprocess.Popen(
        [*command, "--server.fileWatcherType", "none"], cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    try:
        wait(f"http://127.0.0.1:{port}/_stcore/health", server, limit)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
        if log:
            out.close()


def wait(address: str, server: subprocess.Popen, limit: float) -> None:
    """Wait until the server answers.

    Raises:
        RuntimeError: when it ends, or stays silent for too long.
    """
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with status {server.returncode}")
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not answer within {limit:.0f} s")
