"""Does the true family come first? `python -m tests.benchmarks ranking` looks for settings that can be told apart, and draws 100 data sets of each.

Of every family the default and 3 shapes drawn from the sliders are screened: all families are fitted to 1,000 draws. A family within 0.004 nats an
observation holds the truth (a superset, or a limit); the nearest other one must lie at least 0.02 nats away. Of the settings that pass, the
farthest is tested: of 100 draws with n = 1,000 the truth or a superset should lead, or lie within 2 AIC of the leader, in 90. Families
more than 0.04 nats behind are not fitted again: they would have to make up 40 nats by chance. The table goes to
tests/distributions/ranking.json, which the tests read. With names of families after the topic only their rows are made anew.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from pathlib import Path

import numpy as np

from core.distributions import CONTINUOUS
from core.distributions.base import Distribution
from core.distributions.estimate import estimate
from core.distributions.fit import LISTS, fit
from core.distributions.symmetry import symmetry
from core.knobs import Real
from core.progress import finish
from core.rng import stream

TABLE = Path(__file__).resolve().parents[1] / "distributions" / "ranking.json"
SETTINGS = 4  # of each family
SCREENED, N, DRAWS = 1000, 1000, 100
APART, WITHIN, RIVAL, ALIKE = 0.02, 4e-3, 0.04, 2.0
USUAL = [each for each in CONTINUOUS if not any(isinstance(knob, LISTS) for knob in each.params().values())]


def settings(family: type[Distribution]) -> list[Distribution]:
    """Return the default, and settings whose shapes are drawn from the ticks of the sliders: location and scale change no gap."""
    rng, found, group = stream(0, "settings", family.__name__), [family()], symmetry(family)
    known = {*group.shift, *(name for name, power in group.scale.items() if power), *group.low_ends, *group.high_ends}
    shapes = {name: knob for name, knob in family.params().items() if isinstance(knob, Real) and name not in known}
    for _ in range(200 if shapes else 0):
        try:
            found.append(family(**{name: knob.check(name, rng.choice(knob.ticks(21)).item()) for name, knob in shapes.items()}))
        except ValueError:
            continue
        if len(found) == SETTINGS:
            break
    return found


def gaps(truth: Distribution) -> dict[str, float]:
    """Return by how many nats an observation each other family falls short of the truth's own."""
    x = truth.sample(stream(1, "far", truth.key()), SCREENED)
    here = estimate(type(truth), x).log_likelihood
    return {each.__name__: (here - estimate(each, x).log_likelihood) / SCREENED for each in USUAL if each is not type(truth)}


def nearest(behind: dict[str, float]) -> tuple[float, str]:
    """Return the least gap of a family that does not hold the truth, and its name."""
    return min(((gap, name) for name, gap in behind.items() if gap >= WITHIN), default=(np.inf, ""))


def rows(family: type[Distribution]) -> tuple[str, int, list[dict]]:
    """Return the family's name, how many settings were screened, and a row for the farthest, if it can be told apart."""
    screened = [(nearest(behind := gaps(each)), each, behind) for each in settings(family)]
    apart = sorted((each for each in screened if APART <= each[0][0] < np.inf), key=lambda each: -each[0][0])[:1]
    return family.__name__, len(screened), [_row(*each) for each in apart]


def _row(near: tuple[float, str], truth: Distribution, behind: dict[str, float]) -> dict:
    supersets = sorted(name for name, gap in behind.items() if gap < WITHIN)
    rivals = [each for each in USUAL if each is type(truth) or behind[each.__name__] < RIVAL]
    good = 0
    for draw in range(DRAWS):
        ranks = finish(fit(stream(draw, "fit"), truth.sample(stream(draw, "ranking", truth.key()), N), rivals))
        best = min(each.aic for each in ranks if type(each.dist) is type(truth) or type(each.dist).__name__ in supersets)
        good += int(best <= ranks[0].aic + ALIKE)
    told = {"truth": truth.to_dict(), "supersets": supersets, "nearest": near[1], "nats": round(near[0], 4)}
    return told | {"rivals": sorted(each.__name__ for each in rivals), "leads": good}


def main() -> None:
    """Make the table, two families at a time."""
    begun, named = time.time(), sys.argv[2:]
    families = [each for each in USUAL if not named or each.__name__ in named]
    table = [each for each in json.loads(TABLE.read_text()) if each["truth"]["type"] not in named] if named else []
    with multiprocessing.Pool(2) as pool:
        for name, screened, found in pool.imap_unordered(rows, families):
            table += found
            told = ", ".join(f"nearest {each['nearest']} {each['nats']}: leads {each['leads']}" for each in found)
            print(f"{time.time() - begun:6.0f} s  {name}: {len(found)} of {screened} settings  {told}", flush=True)
            TABLE.write_text(json.dumps(sorted(table, key=json.dumps), indent=0) + "\n")
    leads = [each["leads"] for each in table]
    print(f"{len(table)} settings can be told apart; the truth leads in {min(leads)} to {max(leads)} of {DRAWS} draws")
