"""Does the true family come first? `python -m tests.benchmarks ranking` finds the settings that can be told apart, and draws 100 data sets of each.

A setting counts when its nearest other family lies at least 0.02 nats an observation away, by the likelihood that each family
reaches on 10,000 draws; a family within 0.001 nats holds the truth (a superset, or a limit). Of 100 draws with n = 1,000 the truth
or a superset should lead, or lie within 2 AIC of the leader, in 90. Families more than 0.06 nats behind are not fitted again: they would have to
make up 60 nats by chance. The table goes to tests/distributions/ranking.json, which the tests read.
"""

from __future__ import annotations

import json
import multiprocessing
import time
from pathlib import Path

import numpy as np

from core.distributions import CONTINUOUS
from core.distributions.estimate import estimate
from core.distributions.fit import LISTS, fit
from core.knobs import Real
from core.progress import finish
from core.rng import stream

TABLE = Path(__file__).resolve().parents[1] / "distributions" / "ranking.json"
MANY, N, DRAWS = 10_000, 1000, 100
APART, WITHIN, RIVAL, ALIKE = 0.02, 1e-3, 0.06, 2.0


def families() -> list[type]:
    """Return the families that `fit` fits."""
    return [each for each in CONTINUOUS if not any(isinstance(knob, LISTS) for knob in each.params().values())]


def settings(family: type) -> list:
    """Return the default and a setting drawn from the ticks of the sliders."""
    rng, found = stream(0, "settings", family.__name__), [family()]
    for _ in range(50):
        try:
            values = {name: knob.check(name, rng.choice(knob.ticks(21)).item()) for name, knob in family.params().items() if isinstance(knob, Real)}
            return [*found, family(**values)]
        except ValueError:
            continue
    return found


def row(truth) -> dict:
    """Return how far the other families are, and how often the truth leads."""
    x = truth.sample(stream(1, "far", truth.key()), MANY)
    here = estimate(type(truth), x).log_likelihood
    behind = {each.__name__: (here - estimate(each, x).log_likelihood) / MANY for each in families() if each is not type(truth)}
    supersets = sorted(name for name, gap in behind.items() if gap < WITHIN)
    nearest = min(((gap, name) for name, gap in behind.items() if gap >= WITHIN), default=(np.inf, ""))
    found = {"truth": truth.to_dict(), "supersets": supersets, "nearest": nearest[1], "nats": round(min(nearest[0], 1e9), 4)}
    if nearest[0] < APART:
        return found
    rivals = [each for each in families() if each is type(truth) or behind[each.__name__] < RIVAL]
    good = 0
    for draw in range(DRAWS):
        ranks = finish(fit(stream(draw, "fit"), truth.sample(stream(draw, "ranking", truth.key()), N), rivals))
        best = min(each.aic for each in ranks if type(each.dist) is type(truth) or type(each.dist).__name__ in supersets)
        good += best <= ranks[0].aic + ALIKE
    return found | {"rivals": sorted(each.__name__ for each in rivals), "leads": good}


def main() -> None:
    """Make the table, two settings at a time."""
    begun, truths = time.time(), [each for family in families() for each in settings(family)]
    with multiprocessing.Pool(2) as pool:
        rows = []
        for found in pool.imap(row, truths):
            rows.append(found)
            print(f"{time.time() - begun:6.0f} s  {found['truth']}  nearest {found['nearest']} {found['nats']}  leads {found.get('leads', '')}", flush=True)
            TABLE.write_text(json.dumps(rows, indent=0) + "\n")
    told = [each["leads"] for each in rows if "leads" in each]
    print(f"{len(told)} of {len(rows)} settings can be told apart; the truth leads in {min(told)} to {max(told)} of {DRAWS} draws")
