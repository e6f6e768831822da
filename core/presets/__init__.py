"""Presets: ready experiments, one file per page."""
