"""Figures: stills, one file per topic."""
