"""Run a benchmark by its topic: `python -m tests.benchmarks stage`."""

import importlib
import sys
from pathlib import Path

TOPICS = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))

if len(sys.argv) < 2 or sys.argv[1] not in TOPICS:
    raise SystemExit(f"usage: python -m tests.benchmarks TOPIC, where TOPIC is one of {', '.join(TOPICS)}")
importlib.import_module(f"tests.benchmarks.{sys.argv[1]}").main()
