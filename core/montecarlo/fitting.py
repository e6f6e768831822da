"""Fit every family to a column of data, rank them, and test the leaders by the parametric bootstrap."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from core.datasets import FAMILY as DATA
from core.datasets import Bundled, DataSpec
from core.datasets.base import NOTHING, Held
from core.distributions import CONTINUOUS, DISCRETE
from core.distributions.explore import KEPT, Draws, Explore, Failure, bins
from core.distributions.fit import Fitted, fit, p_values, resamples
from core.distributions.goodness import FEW_KINDS, FEWEST, check_column, moments
from core.knobs import plain
from core.params import param
from core.progress import Progress
from core.rng import stream
from core.spec import Spec

MOST_VALUES = 20_000  # that are fitted; of a longer column so many are drawn
ALIKE = 2.0  # AIC within which two families tell the same story (Burnham & Anderson 2002, section 2.6)
VUONG = 1.96  # standard errors of the mean difference in log-likelihood below which it may be chance
WHOLE_KINDS = 40  # so few different whole numbers look like counts
REJECTED = 0.05  # the share of data sets of the very law that a verdict may refute
REPORTED = 5  # data sets of the bootstrap between two reports
FAMILIES = {"continuous": CONTINUOUS, "discrete": DISCRETE}


@dataclass(frozen=True)
class Fitting(Spec):
    """Which law does a column follow? Every family by maximum likelihood; the leaders tested on data drawn from themselves."""

    data: DataSpec = param(Bundled(), "Data", family=lambda: DATA, help="Real data, a file of yours, or what another page made.")
    column: str = param("", "Column", length=100, help="The column to fit; the first one with numbers when left empty.")
    families: str = param("continuous", "Families", choices=tuple(FAMILIES), help="Laws with a density, or laws of counts.")
    tested: int = param(2, "Families to test", low=0, high=10, step=1, bounds=(0, 60), help="How many of the best are tested by the bootstrap.")
    bootstrap: int = param(99, "Bootstrap data sets", low=19, high=999, step=20, bounds=(1, 9999), help="Drawn from each fitted law, and fitted anew.")
    seed: int = param(1, "Seed", low=0, high=9999, step=1, bounds=(0, 4_294_967_295), help="The same seed gives the same bootstrap, bit for bit.")


@dataclass(frozen=True)
class Column:
    """A column ready to be fitted: its values, what was wrong with it, a sentence each, and why it cannot be fitted at all."""

    name: str
    values: np.ndarray
    problems: tuple[str, ...]
    refused: str = ""


@dataclass(frozen=True)
class Standing:
    """A fitted family among the others.

    `behind`: nats an observation that the best (by AIC) has over it. `vuong`: that gap in standard errors, each family charged with its
    parameters (Vuong 1989, https://doi.org/10.2307/1912557). `alike`: at this n it cannot be told apart from the best.
    """

    fitted: Fitted
    more_aic: float
    more_bic: float
    behind: float
    vuong: float
    alike: bool


@dataclass(frozen=True)
class Fits:
    """All families fitted to a column, best first, and the distances of the data sets that the tested ones drew: title -> (B, 3)."""

    spec: Fitting
    column: Column
    standings: tuple[Standing, ...]
    drawn: dict[str, np.ndarray] = field(default_factory=dict)

    def named(self, title: str) -> Standing:
        """Return the standing of a family, or of the best one."""
        return next((each for each in self.standings if each.fitted.dist.title == title), self.standings[0])

    def tested(self) -> tuple[Standing, ...]:
        """Return the families that have bootstrap p-values."""
        return tuple(each for each in self.standings if not math.isnan(each.fitted.ks_p))


def columns(spec: DataSpec, held: Held = NOTHING) -> list[str]:
    """Return the names of all columns, those with numbers first.

    Raises:
        ValueError: in a sentence, where the rows are not at hand.
    """
    rows = spec.table(held)
    numbers = list(rows.select_dtypes("number").columns)
    return [str(name) for name in (*numbers, *(name for name in rows.columns if name not in numbers))]


def column(spec: Fitting, held: Held = NOTHING) -> Column:
    """Return the column that a spec asks for, with a sentence for each thing that is wrong with it.

    Raises:
        ValueError: in a sentence, where the rows or the column are not at hand.
    """
    names = columns(spec.data, held)
    name = spec.column or names[0]
    if name not in names:
        raise ValueError(f"column must be one of the data set's, got {plain(name)}: try {plain(names[0])}")
    rows = spec.data.table(held)
    values, problems = check_column(rows[name].to_numpy())
    kinds = len(np.unique(values[: 50 * MOST_VALUES]))
    refused = problems[-1] if len(values) < FEWEST or kinds < 2 or (kinds <= FEW_KINDS and spec.families == "continuous") else ""
    problems = [each for each in problems if each != refused and not (kinds <= FEW_KINDS and spec.families == "discrete" and "levels" in each)]
    if not refused and spec.families == "continuous" and kinds <= WHOLE_KINDS < len(values) and np.all(values == np.floor(values)):
        problems.append(f"values must have digits after the point to look like draws from a density, got {kinds} whole numbers: try the discrete families")
    if not refused and spec.families == "discrete" and np.any(values != np.floor(values)):
        refused = f"values must be whole numbers for the discrete families, got {values[values != np.floor(values)][0]:g}: try the continuous ones"
    if len(values) > MOST_VALUES and not refused:
        problems.append(f"values must be at most {MOST_VALUES:,}, got {len(values):,}: so many of them are fitted, drawn at random under the seed")
        values = stream(spec.seed, "part").choice(values, MOST_VALUES, replace=False)
    return Column(name, values, tuple(problems), refused)


def run(spec: Fitting, held: Held = NOTHING) -> Iterator[Progress[Fits]]:
    """Fit all families, then test the leaders; each report holds all there is so far.

    Raises:
        ValueError: in a sentence, for a column that cannot be fitted.
    """
    for report in rank(spec, held):
        yield report
    yield from test(report.result)


def rank(spec: Fitting, held: Held = NOTHING) -> Iterator[Progress[Fits]]:
    """Fit all families; raises as `run`."""
    chosen = column(spec, held)
    if chosen.refused:
        raise ValueError(chosen.refused)
    for report in fit(stream(spec.seed, "fit"), chosen.values, FAMILIES[spec.families]):
        yield Progress(report.done, report.total, Fits(spec, chosen, standings(report.result, chosen.values)), report.note)


def test(fits: Fits) -> Iterator[Progress[Fits]]:
    """Draw data sets from each of the leaders and fit them anew; without leaders there is one report, of what came in."""
    spec, drawn, found = fits.spec, dict[str, np.ndarray](), [each.fitted for each in fits.standings]
    leaders, x = found[: spec.tested], fits.column.values
    total, done = max(1, len(leaders) * spec.bootstrap), 0
    if not leaders:
        yield Progress(1, 1, fits)
    for leader in leaders:
        for rows in resamples(stream(spec.seed, "bootstrap", type(leader.dist).__name__), leader, x, spec.bootstrap):
            drawn[leader.dist.title], done = rows, done + 1
            if len(rows) == spec.bootstrap:
                found = [replace(each, **p_values(each, rows)) if each is leader else each for each in found]
            if len(rows) % REPORTED == 0 or len(rows) == spec.bootstrap:
                yield Progress(done, total, replace(fits, standings=standings(found, x), drawn=dict(drawn)), f"{leader.dist.title}, data set {len(rows)}")


def standings(found: list[Fitted], x: np.ndarray) -> tuple[Standing, ...]:
    """Return the fits that hold the data, best AIC first, each with its distance from the best."""
    held = [each for each in found if each.holds]
    if not held:
        return ()
    best, n = held[0], len(x)
    with np.errstate(all="ignore"):
        heights = best.dist.log_prob(x)
        return tuple(_standing(each, best, heights - each.dist.log_prob(x), n) for each in held)


def _standing(each: Fitted, best: Fitted, gap: np.ndarray, n: int) -> Standing:
    more = each.aic - best.aic
    spread = math.sqrt(n) * float(np.std(gap))
    vuong = 0.5 * more / spread if spread > 0 else 0.0
    return Standing(each, more, each.bic - best.bic, (best.log_likelihood - each.log_likelihood) / n, vuong, more <= ALIKE or vuong < VUONG)


def verdict(each: Standing) -> str:
    """Say where a family stands: told apart from the best or not, refuted by its own bootstrap or not."""
    place = "leads" if not each.more_aic else "cannot be told apart" if each.alike else "behind"
    return place + (", does not fit" if any(p <= REJECTED / 2 for p in (each.fitted.ks_p, each.fitted.ad_p)) else "")


def table(fits: Fits) -> pd.DataFrame:
    """Return the ranking as a table, a row a family."""
    columns = {
        "family": lambda each: each.fitted.dist.title,
        "AIC above best": lambda each: each.more_aic,
        "BIC above best": lambda each: each.more_bic,
        "parameters": lambda each: each.fitted.n_parameters,
        "nats behind": lambda each: each.behind,
        "verdict": verdict,
        "KS": lambda each: each.fitted.ks,
        "textbook p": lambda each: each.fitted.ks_p_textbook,
        "bootstrap p, KS": lambda each: each.fitted.ks_p,
        "bootstrap p, AD": lambda each: each.fitted.ad_p,
        "bootstrap p, χ²": lambda each: each.fitted.chi2_p,
        "law": lambda each: repr(each.fitted.dist),
        "beware": lambda each: each.fitted.note,
    }
    return pd.DataFrame({name: [of(each) for each in fits.standings] for name, of in columns.items()})


def numbers(fits: Fits) -> dict[str, float]:
    """Return every number that the page shows of the families it can tell from nothing worse: unrounded."""
    shown: dict[str, float] = {"values": float(len(fits.column.values))}
    for each in fits.standings:
        title, one = each.fitted.dist.title, each.fitted
        shown |= {f"{title} AIC": one.aic, f"{title} BIC": one.bic, f"{title} KS": one.ks, f"{title} textbook p": one.ks_p_textbook}
        shown |= {f"{title} p {name}": getattr(one, f"{name}_p") for name in ("ks", "ad", "chi2") if not math.isnan(getattr(one, f"{name}_p"))}
    return shown


def failure(fits: Fits) -> Failure | None:
    """Say whether even the best family is refuted by the data, or none can be singled out."""
    tested, n = fits.tested(), len(fits.column.values)
    least = [min(each.fitted.ks_p, 1.0 if math.isnan(each.fitted.ad_p) else each.fitted.ad_p) for each in tested]
    if tested and max(least) <= REJECTED / 2:  # two tests a family
        why = f"Data drawn from the best families lie nearer to them than yours do (bootstrap p at most {max(least):.3g}). A ranking only says which is least wrong."
        return Failure("None of these families fits", why, "Look for two groups in the data, for a limit that cuts them off, or for rounding.")
    alike = sum(each.alike for each in fits.standings) - 1
    if alike > 0:
        why = f"{alike} other {'family describes' if alike == 1 else 'families describe'} these {n:,} values as well: the choice among them is yours, not the data's."
        return Failure("Cannot tell apart at this n", why, "Bring more data, or choose by how the values came about.")
    return None


def beside(fits: Fits, title: str) -> Draws:
    """Return the data as if they were samples of a fitted family, for the pictures that set samples against their law.

    Raises:
        ValueError: when the fitted law lies out of reach of a double.
    """
    dist, x = fits.named(title).fitted.dist, fits.column.values
    spec = Explore(dist=dist, n=len(x), seed=fits.spec.seed)
    edges = bins(dist, len(x))
    inside, shuffled = np.histogram(x, edges)[0], stream(fits.spec.seed, "order").permutation(x)
    mean, sd = moments(x)
    return Draws(spec, len(x), shuffled[:KEPT], edges, inside, int(np.sum(x < edges[0])), int(np.sum(x > edges[-1])), mean, sd**2)
