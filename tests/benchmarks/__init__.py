"""Benchmarks: `python -m tests.benchmarks <topic>` prints figures as ratios against a named reference in the same run."""
