"""Reels: motion as data, one file per topic."""
