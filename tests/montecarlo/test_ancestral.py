"""Directed models: exact laws against published numbers, brute force and integrals; draws that fit them, and planted faults that do not."""

import itertools
import json
import math

import numpy as np
import pytest
from scipy import integrate, special, stats

from core.montecarlo.ancestral import NET, Ancestral
from core.montecarlo.direct import Direct, failure, numbers, run
from core.montecarlo.nets import edit
from core.montecarlo.nets.draw import draw, sources
from core.montecarlo.nets.exact import Bells, solve, worth
from core.montecarlo.nets.examples import ALARM, ASIA, EXAM, EXAMPLES, SPRINKLER
from core.montecarlo.nets.net import MOST_NODES, Net
from core.montecarlo.nets.node import Node
from core.progress import finish
from core.rng import stream

FALSE_ALARM = 1e-5
ALARM_Z = float(-special.ndtri(FALSE_ALARM / 2))
SCORE = {"hard": (-45, 10), "fair": (-30, 8), "easy": (-12, 6)}
HOURS = {"hard": (12, 3), "fair": (9, 3), "easy": (6, 2)}
SHARES = {"hard": 0.3, "fair": 0.5, "easy": 0.2}


def done(question, seed=1):
    return finish(run(Direct(question, seed)))


def law(net, node, **given):
    known = tuple(sorted((net.names.index(name.replace("_", " ")), value) for name, value in given.items()))
    return solve(net, known).laws[net.names.index(node)]


def yes(net, node, **given):
    return law(net, node, **given).probabilities[0]


def random_net(seed):
    """Seven nodes with 2 to 4 states and up to 3 parents, in an order that is not that of the arrows."""
    rng, nodes = stream(seed, "net"), []
    sizes = rng.integers(2, 5, 7)
    for i, size in enumerate(sizes):
        ups = sorted(rng.choice(i, min(i, int(rng.integers(0, 4))), replace=False).tolist()) if i else []
        rows = np.round(rng.dirichlet(np.ones(size), math.prod(sizes[up] for up in ups)), 6)
        rows[:, -1] = 1 - rows[:, :-1].sum(axis=1)
        nodes.append(Node(f"N{i}", states="a, b, c, d"[: 3 * size - 2], parents=", ".join(f"N{up}" for up in ups), table=tuple(rows.ravel())))
    return Net(tuple(nodes[k] for k in rng.permutation(7)))


def brute(net, given):
    """Add up the product of all tables over every setting, one at a time, by names."""
    sums = [np.zeros(len(node.state_names)) for node in net.nodes]
    for setting in itertools.product(*(range(len(node.state_names)) for node in net.nodes)):
        if any(setting[place] != state for place, state in given):
            continue
        chance = 1.0
        for place, node in enumerate(net.nodes):
            row = 0
            for name in node.parent_names:
                up = net.names.index(name)
                row = row * len(net.nodes[up].state_names) + setting[up]
            chance *= node.table[row * len(node.state_names) + setting[place]]
        for place, state in enumerate(setting):
            sums[place][state] += chance
    total = sums[0].sum()
    return [each / total for each in sums], total


# Exact laws


def test_the_sprinkler_has_murphy_s_numbers():
    """Murphy (2001): P(S = on | W) = 0.430, P(R = yes | W) = 0.708, P(W) = 0.6471, and P(S = on | W, R) = 0.1945."""
    assert yes(SPRINKLER, "Wet grass") == pytest.approx(0.6471, abs=1e-12)
    assert yes(SPRINKLER, "Sprinkler", Wet_grass=0) == pytest.approx(0.2781 / 0.6471, abs=1e-12)
    assert yes(SPRINKLER, "Rain", Wet_grass=0) == pytest.approx(0.4581 / 0.6471, abs=1e-12)
    assert yes(SPRINKLER, "Sprinkler", Wet_grass=0, Rain=0) == pytest.approx(0.1945, abs=5e-5)


def test_the_chest_clinic_has_the_published_numbers():
    """Lauritzen and Spiegelhalter (1988): 0.0104, 0.055, 0.45, 0.0648, 0.11, 0.436; a smoker with a short breath who was in Asia."""
    told = {"Tuberculosis": 0.0104, "Lung cancer": 0.055, "Bronchitis": 0.45, "Either": 0.064828, "X-ray": 0.11029004, "Short breath": 0.4359706}
    assert all(yes(ASIA, name) == pytest.approx(value, abs=1e-9) for name, value in told.items())
    seen = {"Asia": 0, "Short_breath": 0}
    assert [round(yes(ASIA, name, **seen), 3) for name in ("Tuberculosis", "Lung cancer", "Bronchitis")] == [0.088, 0.1, 0.811]


def test_the_burglar_alarm_has_russell_and_norvig_s_number():
    assert yes(ALARM, "Burglary", John_calls=0, Mary_calls=0) == pytest.approx(0.284171835, abs=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_laws_are_those_of_brute_force(seed):
    net = random_net(seed)
    rng = stream(seed, "evidence")
    for n_known in (0, 1, 3):
        places = sorted(rng.choice(7, n_known, replace=False).tolist())
        given = tuple((place, int(rng.integers(len(net.nodes[place].state_names)))) for place in places)
        laws, total = brute(net, given)
        found = solve(net, given)
        assert found.evidence == pytest.approx(total, rel=1e-10)
        for mine, other in zip(found.laws, laws, strict=True):
            assert np.allclose(mine.probabilities, other, atol=1e-10)


def test_the_score_is_a_mixture_of_normals():
    means = {word: base + 0.8 * 100 + 1.5 * HOURS[word][0] for word, (base, _) in SCORE.items()}
    sds = {word: math.sqrt((0.8 * 15) ** 2 + (1.5 * HOURS[word][1]) ** 2 + sd**2) for word, (_, sd) in SCORE.items()}
    mean = sum(SHARES[word] * means[word] for word in SCORE)
    spread = sum(SHARES[word] * (sds[word] ** 2 + (means[word] - mean) ** 2) for word in SCORE)
    score, letter = law(EXAM, "Score"), law(EXAM, "Letter")
    assert score.mean() == pytest.approx(mean, rel=1e-12) and score.sd() == pytest.approx(math.sqrt(spread), rel=1e-12)
    x = np.linspace(0, 130, 27)
    assert np.allclose(score.density(x), sum(SHARES[w] * stats.norm.pdf(x, means[w], sds[w]) for w in SCORE), rtol=1e-12)
    assert letter.probabilities[2] == pytest.approx(sum(SHARES[w] * stats.norm.sf(75, means[w], sds[w]) for w in SCORE), abs=1e-12)
    seen = np.array([SHARES[w] * stats.norm.pdf(80, means[w], sds[w]) for w in SCORE])
    assert np.allclose(law(EXAM, "Difficulty", Score=80.0).probabilities, seen / seen.sum(), atol=1e-12)


def test_a_number_behind_a_known_cut_is_the_integral():
    """E(talent | A) and P(hard | A) by integrating over talent; the score's law is a mixture cut at 75."""
    chance, first, second = {}, {}, {}
    for word, (base, sd) in SCORE.items():
        spread = math.hypot(1.5 * HOURS[word][1], sd)

        def above(talent, base=base, hours=HOURS[word][0], spread=spread):
            return stats.norm.pdf(talent, 100, 15) * stats.norm.sf(75, base + 0.8 * talent + 1.5 * hours, spread)

        for kept, power in ((chance, 0), (first, 1), (second, 2)):
            kept[word] = SHARES[word] * integrate.quad(lambda t, power=power: t**power * above(t), -50, 250, epsabs=1e-13, limit=200)[0]
    total = sum(chance.values())
    truth, talent = solve(EXAM, ((4, 2),)), law(EXAM, "Talent", Letter=2)
    assert truth.evidence == pytest.approx(total, abs=1e-9)
    assert talent.mean() == pytest.approx(sum(first.values()) / total, abs=1e-7)
    assert talent.sd() == pytest.approx(math.sqrt(sum(second.values()) / total - talent.mean() ** 2), abs=1e-6)
    assert law(EXAM, "Difficulty", Letter=2).probabilities[0] == pytest.approx(chance["hard"] / total, abs=1e-9)
    score = law(EXAM, "Score", Letter=2)
    mass, mean, square = (integrate.quad(lambda x, k=k: x**k * score.density(np.array([x]))[0], 75, 200, limit=200)[0] for k in (0, 1, 2))
    assert mass == pytest.approx(1, abs=1e-7) and score.density(np.array([74.0]))[0] == 0
    assert (score.mean(), score.sd()) == pytest.approx((mean, math.sqrt(square - mean**2)), rel=1e-6)


def test_two_known_numbers_are_conditioned_like_a_joint_normal():
    """Talent and hours given score = 80 in a fair exam, against the formula for a normal vector."""
    joint = np.array([[225.0, 0, 180], [0, 9, 13.5], [180, 13.5, 0.64 * 225 + 2.25 * 9 + 64]])
    mean = np.array([100, 9, -30 + 80 + 13.5])
    expected = mean[:2] + joint[:2, 2] / joint[2, 2] * (80 - mean[2])
    spread = joint[:2, :2] - np.outer(joint[:2, 2], joint[:2, 2]) / joint[2, 2]
    for i, name in enumerate(("Talent", "Hours")):
        found = law(EXAM, name, Difficulty=1, Score=80.0)
        assert (found.mean(), found.sd()) == pytest.approx((expected[i], math.sqrt(spread[i, i])), rel=1e-12)


def test_a_cut_far_out_in_the_tail_is_right():
    net = Net((Node("X", "number", "", "", (0, 1)), Node("Y", "cut", "low, high", "X", (6.0,))))
    truth = solve(net, ((1, 1),))
    assert truth.evidence == pytest.approx(stats.norm.sf(6), rel=1e-10)
    assert truth.laws[0].mean() == pytest.approx(stats.norm.pdf(6) / stats.norm.sf(6), rel=1e-8)


def test_too_many_settings_for_a_cut_get_a_sentence():
    many = Net(
        (
            *(Node(f"N{i}", states="a, b, c, d", table=(0.25,) * 4) for i in range(8)),
            Node("X", "number", "", "", (0, 1)),
            Node("C", "cut", "low, high", "X", (0,)),
        )
    )
    with pytest.raises(ValueError, match=r"at most 20,000 settings .* got 65,536: give X as a number"):
        Ancestral(many, "C = high", "X")
    assert solve(many, ((0, 1), (9, 1))).evidence == pytest.approx(1 / 8, rel=1e-9)


# Draws


def misfit(net, values):
    """Return the smallest p-value over all nodes with states of a chi-squared test of (parents, node) against the exact joint table."""
    pvalues = []
    for place in range(len(net.nodes)):
        if net.nodes[place].kind != "states":
            continue
        states = {up: values[:, up].astype(int) for up in net.with_states(place)}
        row = net.row_of(place, states, len(values))
        table = net.table(place)
        for setting in range(len(table)):
            here = values[row == setting, place].astype(int)
            possible = table[setting] > 0
            counts = np.bincount(here, minlength=len(possible))
            if counts[~possible].any():
                return 0.0
            if len(here) * table[setting][possible].min() > 5 and possible.sum() > 1:
                pvalues.append(stats.chisquare(counts[possible], len(here) * table[setting][possible]).pvalue)
    return min(pvalues) * len(pvalues)


@pytest.mark.parametrize("net", [SPRINKLER, ASIA, ALARM, EXAM, random_net(3)], ids=["sprinkler", "asia", "alarm", "exam", "random"])
def test_draws_fit_their_tables(net):
    values, log_weight = draw(sources(net, 5), net, 40_000)
    assert misfit(net, values) > FALSE_ALARM and not log_weight.any()


@pytest.mark.parametrize("fault", ["parents ignored", "rows mixed up", "columns mixed up"])
def test_planted_faults_are_caught(fault, monkeypatch):
    net = SPRINKLER
    if fault == "parents ignored":
        monkeypatch.setattr(Net, "row_of", lambda self, place, states, n: np.zeros(n, int))
    else:
        wrong = {"rows mixed up": lambda table: table[::-1], "columns mixed up": lambda table: table[:, ::-1]}[fault]
        right = Net.table
        monkeypatch.setattr(Net, "table", lambda self, place: wrong(right(self, place)) if place else right(self, place))
    values, _ = draw(sources(net, 5), net, 40_000)
    monkeypatch.undo()
    assert misfit(net, values) < FALSE_ALARM


def test_numbers_fit_their_parents_and_a_lost_slope_is_caught():
    values, _ = draw(sources(EXAM, 2), EXAM, 40_000)
    difficulty, talent, hours, score, letter = values.T
    base, sd = (np.array([SCORE[word][i] for word in ("hard", "fair", "easy")])[difficulty.astype(int)] for i in (0, 1))
    assert stats.kstest((score - base - 0.8 * talent - 1.5 * hours) / sd, "norm").pvalue > FALSE_ALARM
    assert stats.kstest((score - base - 0.8 * 100 - 1.5 * hours) / sd, "norm").pvalue < FALSE_ALARM
    assert np.array_equal(letter, (score >= 55).astype(int) + (score >= 75))


KNOWN = [
    Ancestral(SPRINKLER, n=20_000),
    Ancestral(SPRINKLER, "Wet grass = yes", way="logic", n=20_000),
    Ancestral(SPRINKLER, "Wet grass = yes", way="weighting", n=20_000),
    Ancestral(EXAM, "Letter = A", way="logic", n=20_000),
    Ancestral(EXAM, "Letter = A", way="weighting", n=20_000),
    Ancestral(EXAM, "Score = 80, Difficulty = fair", way="weighting", n=20_000),
    Ancestral(EXAM, "Score = 80", way="weighting", n=20_000),
    Ancestral(ASIA, "Short breath = yes, Smoker = no", way="weighting", n=20_000),
    Ancestral(random_net(4), "N1 = a", way="weighting", n=20_000),
]


@pytest.mark.parametrize("question", KNOWN, ids=lambda question: f"{question.net.names[0]} | {question.given} {question.way}")
def test_every_estimate_is_within_its_error_of_the_truth(question):
    for name, found in done(question, 4).checks().items():
        if 0 < found.truth < 1 or "mean" in name:
            assert abs(found.z) < ALARM_Z and found.standard_error > 0, name


def mixed_net(seed):
    """Up to eight nodes of all kinds with random arrows and tables."""
    rng, nodes = stream(seed, "mixed"), []
    for i in range(int(rng.integers(3, 9))):
        numbers_ = [node for node in nodes if node.kind == "number"]
        kind = str(rng.choice(["states", "number", "cut"] if numbers_ else ["states", "number"]))
        if kind == "cut":
            first = float(np.round(rng.normal(), 3))
            nodes.append(Node(f"N{i}", "cut", "low, mid, high", numbers_[int(rng.integers(len(numbers_)))].name, (first, first + 1.1)))
            continue
        pool = [node for node in nodes if node.kind == "states"] + (numbers_ if kind == "number" else [])
        ups = [pool[k] for k in sorted(rng.choice(len(pool), min(len(pool), int(rng.integers(0, 4))), replace=False))] if pool else []
        rows, slopes = math.prod(len(up.state_names) for up in ups if up.kind == "states"), sum(up.kind == "number" for up in ups)
        if kind == "states":
            table = np.round(rng.dirichlet((1.5, 1.5, 1.5), rows), 4)
            table[:, -1] = 1 - table[:, :-1].sum(axis=1)
        else:
            table = np.column_stack([rng.normal(size=(rows, 1 + slopes)), rng.uniform(0.5, 2, rows)])
        nodes.append(Node(f"N{i}", kind, "a, b, c", ", ".join(up.name for up in ups), tuple(np.abs(table).ravel() if kind == "states" else table.ravel())))
    return Net(tuple(nodes))


@pytest.mark.parametrize("seed", range(16))
def test_models_of_all_kinds_agree_with_their_exact_laws(seed):
    """With something known of any node, by weights; estimates that rest on fewer than 200 draws are left out."""
    net = mixed_net(seed)
    place = int(stream(seed, "known").integers(len(net.nodes)))
    known = "0.3" if net.nodes[place].kind == "number" else net.nodes[place].state_names[0]
    for given in ("", f"{net.names[place]} = {known}"):
        result = done(Ancestral(net, given, way="weighting", n=20_000), seed)
        for name, found in result.checks().items():
            if result.ess() > 200 and ("mean" in name or 0.01 < found.truth < 0.99) and math.isfinite(found.z):
                assert abs(found.z) < ALARM_Z, (given, name)


def test_weights_left_out_are_caught():
    """Without their weights the draws follow the model, not what is known of it."""
    result = done(Ancestral(SPRINKLER, "Wet grass = yes", "Rain = yes", "weighting", n=20_000))
    plain = np.mean(result.values[:, 2] == 0)
    assert abs(plain - result.found().truth) > ALARM_Z * result.found().standard_error


def test_the_weight_is_the_chance_of_what_is_known():
    result = done(Ancestral(SPRINKLER, "Wet grass = yes", way="weighting", n=500))
    table = np.reshape(SPRINKLER.nodes[3].table, (4, 2))[:, 0]
    row = (2 * result.values[:, 1] + result.values[:, 2]).astype(int)
    with np.errstate(divide="ignore"):
        assert np.allclose(result.log_weight, np.log(table[row])) and np.all(result.values[:, 3] == 0)
    weights = np.exp(result.log_weight)
    assert result.ess() == pytest.approx(weights.sum() ** 2 / (weights**2).sum(), rel=1e-12)


def test_nothing_kept_claims_nothing():
    given = "Asia = yes, Tuberculosis = yes, Lung cancer = yes, Smoker = no"
    result = done(Ancestral(ASIA, given, "Short breath = yes", n=1000))
    found, kept = result.found(), result.kept()
    assert math.isnan(found.value) and found.standard_error == math.inf and (found.low, found.high) == (0, 1) and found.holds and math.isnan(found.z)
    assert kept.value == 0 and kept.standard_error > 0 and kept.high > kept.truth == pytest.approx(0.01 * 0.05 * 0.01 * 0.5, rel=1e-9)
    assert failure(result).name == "Hardly any draw agrees" and "0 of 1,000" in failure(result).why
    cured = done(Ancestral(ASIA, given, "Short breath = yes", "weighting", n=1000))
    assert failure(cured) is None and cured.ess() == pytest.approx(1000) and abs(cured.found().z) < 4
    far = Net((Node("X", "number", "", "", (0, 1)), Node("Y", "cut", "low, high", "X", (8.0,))))
    nothing = done(Ancestral(far, "Y = high", "X", "weighting", n=100))
    assert nothing.ess() == 0 and nothing.kept().standard_error > 0 and nothing.found().standard_error == math.inf


def test_what_a_draw_is_worth_is_the_sum_over_all_settings():
    """E(w)² / E(w²), once setting by setting, and once from the formulas of a normal law."""
    calls = tuple((ALARM.names.index(name), 0) for name in ("John calls", "Mary calls"))
    rings = {(b, e): p for b in (0, 1) for e, p in enumerate((0.95, 0.94) if b == 0 else (0.29, 0.001))}
    first, second = 0.0, 0.0
    for (b, e), p in rings.items():
        for chance, weight in ((p, 0.9 * 0.7), (1 - p, 0.05 * 0.01)):
            share = (0.001, 0.999)[b] * (0.002, 0.998)[e] * chance
            first, second = first + share * weight, second + share * weight**2
    assert worth(ALARM, calls) == pytest.approx(first**2 / second, rel=1e-10) and solve(ALARM, calls).evidence == pytest.approx(first, rel=1e-12)
    assert worth(SPRINKLER, ((0, 1),)) == 1, "a node without parents weighs all draws alike"
    pair = Net((Node("X", "number", "", "", (0, 2)), Node("Y", "number", "", "X", (1, 0.5, 3))))
    first, second = (integrate.quad(lambda x, k=k: stats.norm.pdf(x, 0, 2) * stats.norm.pdf(2.5, 1 + 0.5 * x, 3) ** k, -30, 30)[0] for k in (1, 2))
    assert worth(pair, ((1, 2.5),)) == pytest.approx(first**2 / second, rel=1e-9)


@pytest.mark.parametrize("given", ["Score = 80", "Score = 80, Difficulty = fair", "Letter = A", "Talent = 100, Letter = B"])
def test_what_many_draws_are_worth_comes_near_the_long_run(given):
    result = done(Ancestral(EXAM, given, way="weighting", n=50_000))
    assert result.ess() == pytest.approx(result.long_run(), rel=0.03)


def test_what_is_too_unlikely_for_a_float_is_told_by_its_logarithm():
    result = done(Ancestral(EXAM, "Score = 1000", "Talent", "weighting", n=500))
    kept, parts = result.checks()["log probability of what is known"], []
    for word, (base, sd) in SCORE.items():
        spread = math.sqrt((0.8 * 15) ** 2 + (1.5 * HOURS[word][1]) ** 2 + sd**2)
        parts.append(math.log(SHARES[word]) + stats.norm.logpdf(1000, base + 80 + 1.5 * HOURS[word][0], spread))
    assert kept.truth == pytest.approx(special.logsumexp(parts), rel=1e-12) and kept.value < -700
    assert kept.standard_error == math.inf and kept.holds and "less than one" in failure(result).why
    assert numbers(result)["exact log probability of what is known"] == kept.truth
    near = done(Ancestral(EXAM, "Score = 80", "Talent", "weighting", n=500))
    assert near.checks()["probability of what is known"].holds and near.scale() == ""


def test_few_draws_that_count_alike_are_not_called_heavy():
    assert failure(done(Ancestral(EXAM, "Talent = 100", way="weighting", n=10))) is None
    heavy = failure(done(Ancestral(ALARM, "John calls = yes, Mary calls = yes", way="weighting", n=10)))
    assert heavy.name == "A few draws carry all the weight"


@pytest.mark.parametrize("way", ["logic", "weighting"])
def test_a_state_that_never_came_has_an_error(way):
    result = done(Ancestral(ALARM, "Earthquake = no", "Burglary = yes", way, n=200))
    assert result.found().value == 0 and result.found().standard_error > 0 and result.found().high > 0.001


def test_another_node_leaves_the_others_as_they_were():
    before = done(Ancestral(SPRINKLER, n=300)).values
    after = done(Ancestral(edit.added(SPRINKLER), n=300)).values
    assert np.array_equal(before, after[:, :4])


def test_reports_are_whole_results_and_the_rows_are_the_draws():
    reports = list(Ancestral(n=40_000).run(3))
    assert [each.done for each in reports] == [16_384, 32_768, 40_000] and all(len(each.result.values) == each.done for each in reports)
    rows = done(Ancestral(EXAM, "Letter = A", way="weighting", n=50)).rows()
    assert list(rows) == ["Difficulty", "Talent", "Hours", "Score", "Letter", "weight"] and set(rows["Letter"]) == {"A"}
    assert np.array_equal(rows["weight"], (rows["Score"] >= 75).astype(float)) and set(rows["Difficulty"]) <= {"hard", "fair", "easy"}


def test_the_numbers_hold_the_headline_and_every_node():
    shown = numbers(done(Ancestral(n=500)))
    assert shown["truth"] == pytest.approx(0.6471) and shown["P(Rain = yes): truth"] == pytest.approx(0.5)
    assert all(isinstance(value, float) for value in shown.values())


# Mistakes, each with its sentence


def net(*nodes):
    return Net(tuple(Node(*node) for node in nodes))


A = ("A", "states", "yes, no", "", (0.5, 0.5))
X = ("X", "number", "", "", (0, 1))
MISTAKES = [
    (lambda: net((*A[:4], (0.5, 0.6))), "probabilities of A must lie in [0, 1] and add to 1, got 0.5, 0.6, which add to 1.1: try 0.455, 0.545"),
    (lambda: net((*A[:4], (1.2, -0.2))), "probabilities of A must lie in [0, 1]"),
    (lambda: net(A, ("B", "states", "yes, no", "A", (0.5, 0.5, 0.7, 0.2))), "probabilities of B at A = no must"),
    (lambda: net(A, ("B", "states", "yes, no", "A", (0.5, 0.5))), "table of B must have 4 numbers (2 rows of 2), got 2"),
    (lambda: net(A, A), "names of nodes must differ from each other, got A twice"),
    (lambda: net(A, ("B", "states", "yes, no", "C", (0.5, 0.5))), "parents of B must be nodes, got C, which is none: try A"),
    (lambda: net(("A", "states", "yes, no", "A", (0.5,) * 4)), "got A → A: take one of these arrows away"),
    (
        lambda: net(("A", "states", "y, n", "C", (0.5,) * 4), ("B", "states", "y, n", "A", (0.5,) * 4), ("C", "states", "y, n", "B", (0.5,) * 4)),
        "arrows must not lead back",
    ),
    (lambda: net(X, ("B", "states", "yes, no", "X", (0.5, 0.5))), "parents of B must have states, got X, which is a number: try B as a number cut into states"),
    (lambda: net(X, ("B", "cut", "yes, no", "", (0.5,))), "parents of B must be the one number that it is cut from, got none"),
    (lambda: net(X, ("B", "cut", "a, b, c", "X", (1, 0))), "cuts of B must rise, got 1, 0"),
    (lambda: net(X, ("B", "cut", "a, b", "X", (1,)), ("C", "states", "a, b", "B", (0.5,) * 4)), "got B, which is cut from a number"),
    (lambda: net(("X", "number", "", "", (0, 0))), "standard deviation of X must be at least 1e-06, got 0"),
    (lambda: net(("A", "states", "yes", "", (1,))), "states of A must be 2 to 4 words with commas between, got yes"),
    (lambda: net(("A", "states", "yes, yes", "", (0.5, 0.5))), "states of A must differ"),
    (lambda: net(("<b>", "states", "yes, no", "", (0.5, 0.5))), "name must be 1 to 16 letters, digits, blanks, - or _, got <b>"),
    (lambda: net(("A", "states", "{x}, no", "", (0.5, 0.5))), "a state of A must be 1 to 12 letters"),
    (lambda: Node("A", parents="B, C, D, E"), "A must have at most 3 parents, got 4"),
    (lambda: Node("A", parents="B, B"), "parents of A must be named once each"),
    (lambda: Net(tuple(Node(f"N{i}") for i in range(MOST_NODES + 1))), "nodes must have 1 to 10 entries, got 11"),
    (lambda: Ancestral(given="Snow = yes"), "given must name a node, got Snow: try Cloudy"),
    (lambda: Ancestral(given="Rain = maybe"), "Rain must be one of yes, no, got maybe: try yes"),
    (lambda: Ancestral(given="Rain = yes, Rain = no"), "once a node"),
    (lambda: Ancestral(given="Rain"), "given must be like Rain = yes"),
    (lambda: Ancestral(given="Rain = no, Sprinkler = off, Wet grass = yes"), "evidence must be possible"),
    (lambda: Ancestral(asked="Snow"), "asked must name a node, got Snow"),
    (lambda: Ancestral(EXAM, "Score = 80"), "way must be likelihood weighting where a number is known, got Score"),
    (lambda: Ancestral(EXAM, "Score = lots", way="weighting"), "Score must be a number, got lots"),
    (lambda: Ancestral(EXAM, "Score = 10, Letter = A", way="weighting"), "evidence must be possible"),
    (lambda: NET.parse("net", "[[1]]"), "net must be a model"),
    (lambda: NET.parse("net", "[" * 50_000), "net must be a model"),
    (lambda: NET.parse("net", '[["A","states","yes, no","",[0.5,0.6]]]'), "probabilities of A"),
    (lambda: NET.parse("net", '[["A","states","yes, no","",["x"]]]'), "table must be a number"),
]


@pytest.mark.parametrize(("make", "sentence"), MISTAKES, ids=[sentence[:50] for _, sentence in MISTAKES])
def test_every_mistake_has_its_sentence(make, sentence):
    with pytest.raises(ValueError) as told:
        make()
    assert sentence in str(told.value)


# Links and changes


@pytest.mark.parametrize("made", [*EXAMPLES.values(), random_net(1), edit.added(EXAM)], ids=lambda made: made.names[-1])
def test_a_model_goes_through_a_link_a_file_and_a_line_of_python(made):
    spec = Direct(Ancestral(made), 3)
    assert Direct.from_query(spec.to_query()) == (spec, []) and Direct.from_dict(json.loads(json.dumps(spec.to_dict()))) == spec
    assert eval(repr(spec), {"Direct": Direct, "Ancestral": Ancestral, "Net": Net, "Node": Node}) == spec
    assert NET.text(made) in EXAMPLES or len(NET.text(made)) < 20_000


def test_an_example_is_one_word_in_the_link():
    assert Direct(Ancestral(ASIA)).to_query()["question.Ancestral.net"] == "clinic"


def test_a_node_can_be_renamed_added_and_removed():
    changed = edit.renamed(SPRINKLER, 2, "Shower")
    assert changed.nodes[3].parent_names == ("Sprinkler", "Shower") and np.allclose(law(changed, "Wet grass").probabilities, [0.6471, 0.3529])
    less = edit.removed(SPRINKLER, 0)
    assert less.names == ("Sprinkler", "Rain", "Wet grass") and less.nodes[1].table == (0.8, 0.2)
    assert edit.added(less).nodes[-1] == Node("Node 1")
    with pytest.raises(ValueError, match="twice"):
        edit.renamed(SPRINKLER, 2, "Cloudy")
    with pytest.raises(ValueError, match="1 to 10 entries"):
        edit.removed(Net((Node("A"),)), 0)


def test_tables_keep_what_fits_when_parents_and_states_change():
    less = edit.with_parents(SPRINKLER, 3, ["Rain"])
    assert less.nodes[3].table == (0.99, 0.01, 0.9, 0.1)
    more = edit.with_parents(less, 3, ["Rain", "Sprinkler"])
    assert more.nodes[3].table == (0.99, 0.01, 0.99, 0.01, 0.9, 0.1, 0.9, 0.1)
    three = edit.with_states(SPRINKLER, 0, "clear, mixed, grey")
    assert three.shape(1) == (3, 2) and three.nodes[1].table == (0.1, 0.9, 0.5, 0.5, 0.5, 0.5) and three.nodes[0].table == (0.5, 0.5, 0.0)
    assert edit.with_table(SPRINKLER, 0, [[0.1, 0.9]]).nodes[0].table == (0.1, 0.9)
    with pytest.raises(ValueError, match="lead back"):
        edit.with_parents(SPRINKLER, 0, ["Wet grass"])


def test_a_node_can_become_a_number_and_a_cut():
    number = edit.with_kind(edit.added(SPRINKLER), 4, "number")
    assert isinstance(law(number, "Node 1"), Bells) and number.nodes[4].table == (0.0, 1.0)
    grown = edit.with_kind(edit.added(edit.with_parents(number, 4, ["Rain"])), 5, "cut")
    assert grown.nodes[5].parent_names == ("Node 1",) and np.allclose(law(grown, "Node 2").probabilities, 0.5)
    wider = edit.with_states(grown, 5, "a, b, c")
    assert wider.nodes[5].table == (0.0, 1.0)
    back = edit.with_kind(wider, 5, "states")
    assert back.nodes[5].parents == "" and len(back.nodes[5].table) == 3
    with pytest.raises(ValueError, match="the one number"):
        edit.with_kind(SPRINKLER, 0, "cut")
