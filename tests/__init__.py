"""The tests of Ulam. `python -m tests` finds or fetches a Chromium and runs them all."""
