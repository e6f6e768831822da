"""Ready experiments of the importance page, and the question that it asks."""

from core.distributions import GaussianMixture, Normal, StudentT
from core.distributions.modifiers.gaussian_mixture import Part
from core.montecarlo.importance import Importance
from core.montecarlo.importance_coverage import Coverage
from core.montecarlo.importance_dimension import Dimension
from core.montecarlo.importance_expectation import Expectation
from core.montecarlo.rare import Rare
from core.montecarlo.resampling import Resample
from core.presets.preset import Preset
from core.presets.question import Question
from core.targets.typed import Typed

HILLS = GaussianMixture((Part(0.5, -3.0, 0.7), Part(0.5, 3.0, 0.7)))

PRESETS = (
    Preset(
        "A wider proposal",
        Importance(Expectation()),
        "E[x²] under N(0, 1) from N(0, 1.5²): the plain estimate has half the error of as many draws of the target itself.",
    ),
    Preset(
        "The error bar lies",
        Importance(Expectation(proposal=Normal(2.0, 1.0))),
        "The same from N(2, 1). The few draws that decide lie where hardly any falls; without them all looks well.",
        fails="the 95 % interval holds 52 % of the time, 71 % with 10,000 draws and 86 % with 100,000",
        cure="a wider proposal, such as N(0, 1.5²)",
    ),
    Preset(
        "A tail too light",
        Importance(Expectation(target=StudentT(5.0), proposal=Normal())),
        "Student's t from a normal law: far out each draw weighs more than all before it. Play, and watch the estimate jump.",
        fails="the weights have an infinite variance, and the estimate no standard error",
        cure="a proposal with heavier tails than the target",
    ),
    Preset(
        "Heavy tails for light ones",
        Importance(Expectation(proposal=StudentT(3.0))),
        "The other way round no weight is above 1.2: a proposal may always have the heavier tails.",
    ),
    Preset(
        "A hill that nobody visits",
        Importance(Expectation(target=HILLS, proposal=Normal(3.0, 1.2), f="x")),
        "The proposal knows one of two hills. The draws look fine, k is good, the error bar is short, and the answer is wrong.",
        fails="half of the target is never seen",
        cure="a proposal that covers both hills",
    ),
    Preset(
        "A formula without its factor",
        Importance(Expectation(target=Typed("exp(-x^4 + 3x^2 + x)", -3.0, 3.0), proposal=Normal(0.0, 1.5), f="x", n=10_000, reported="normalised")),
        "The self-normalised estimate needs the target only up to a factor: type any density.",
    ),
    Preset("Do the intervals hold?", Importance(Coverage()), "Four hundred seeds from the wider proposal: about 95 % of the intervals hold."),
    Preset(
        "Equal points from weighted ones", Importance(Resample()), "Draw from the draws, in proportion to their weights: about 590 of 1,000 points survive."
    ),
    Preset(
        "The same by a comb",
        Importance(Resample(method="systematic")),
        "One random shift for all: no more spread is added, and more points survive.",
    ),
    Preset(
        "Six standard deviations", Importance(Rare(t=6.0)), "One draw in a thousand million lies beyond. Ten thousand draws, shifted there, find it to 3 %."
    ),
    Preset(
        "Waiting for a rare event",
        Importance(Rare(t=5.0, method="plain")),
        "Plain draws and a threshold that one in 3.5 million exceeds.",
        fails="no hit: all that is known is an upper bound",
        cure="draw from a law shifted to the threshold",
    ),
    Preset("Ten dimensions", Importance(Dimension()), "A width of 1.2 instead of 1 costs 5 % in one dimension, and 39 % in ten."),
    Preset(
        "Sixty dimensions",
        Importance(Dimension(d=60, width=1.5)),
        "A width of 1.5, which was the cure in one dimension: in sixty all weight sits on a handful of draws.",
        fails="of 10,000 draws about ten are effective, and in the long run fewer than one",
        cure="fewer dimensions, or a proposal that fits better",
    ),
)

QUESTION = Question(
    "The target is N(0, 1). A thousand draws come from N(2, 1), which is as wide, and each gets its weight. How often does the 95 % interval for E[x²] hold the truth?",
    ("95 %", "About 80 %", "About 50 %"),
    2,
    "The draws that decide lie near −2, four standard deviations from where they are drawn: most runs hold none of them, miss their part, and do not know it.",
    (
        "It would, if the average were normal. It is so skewed that a thousand draws are far too few: the weights' variance is finite, but nobody has seen it.",
        "With ten thousand draws it is 71 %, with a hundred thousand 86 %: it does get better, very slowly.",
        "",
    ),
    PRESETS[1],
)
