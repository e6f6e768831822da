"""Tiers: whatever needs no server, browser or kernel and is not marked slow belongs to the quick loop."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
HEAVY = ("ui", "browser", "notebooks")


def pytest_collection_modifyitems(items):
    for item in items:
        folder = item.path.relative_to(HERE).parts[0]
        if folder not in HEAVY and not item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.quick)
