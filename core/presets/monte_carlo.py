"""Ready experiments of the Monte Carlo π page, and the question that it asks."""

from core.montecarlo.ball import Ball
from core.montecarlo.darts import Darts
from core.montecarlo.integral import Integral
from core.montecarlo.needle import Needle
from core.montecarlo.pi import MonteCarlo
from core.montecarlo.race import Race
from core.montecarlo.repeats import Repeats
from core.presets.preset import Preset
from core.presets.question import Question

HUNDREDTH = Preset("Standard error 0.01", MonteCarlo(Darts(n=27_000)), "(1.642 / 0.01)² darts, about 27,000: two digits of π are sure, the third is not.")

PRESETS = (
    HUNDREDTH,
    Preset("A million darts", MonteCarlo(Darts(n=1_000_000)), "Single points blend into an even tone; the error falls along a line of slope −1/2."),
    Preset(
        "A million Sobol points",
        MonteCarlo(Darts(n=1 << 20, generator="sobol")),
        "Points that keep out of each other's way: 16 scramblings of 65,536 points. The error falls along a steeper line.",
    ),
    Preset(
        "Two in each cell",
        MonteCarlo(Darts(n=1 << 17, generator="stratified")),
        "A grid with two random darts in each cell: only the cells that the circle crosses make an error.",
    ),
    Preset("Do the bands hold?", MonteCarlo(Repeats()), "Two hundred seeds, an interval each: about 95 % of them hold π, and nobody knows which."),
    Preset("The race", MonteCarlo(Race()), "Five ways to throw, 128 runs at each n: two lines of slope −1/2, three of −3/4."),
    Preset("Buffon's needle", MonteCarlo(Needle()), "A needle falls across a line with probability 2 / π. Its direction is drawn without using π."),
    Preset(
        "Lazzarini, 1901",
        MonteCarlo(Needle(n=3408, length=2.5, width=3.0)),
        "He reported 355/113 from 3,408 needles, six digits right. The standard error of such a toss is 0.05.",
    ),
    Preset(
        "Slice by slice", MonteCarlo(Ball(method="slices")), "Each ball is a stack of smaller balls: the volume in 20 dimensions to 2 %, from as many points."
    ),
    Preset(
        "An integral without a formula",
        MonteCarlo(Integral(f="exp(-x^2 - y^2) cos(3 x y)^2", d=2, x_low=-2.0, x_high=2.0, y_low=-2.0, y_high=2.0, generator="sobol")),
        "No antiderivative is known; points do not care. Type any formula of up to three variables.",
    ),
    Preset(
        "Mirrored pairs",
        MonteCarlo(Integral(f="exp(x)", generator="antithetic", n=10_000)),
        "Where one point lies high its mirror image lies low: for e^x on [0, 1] as good as thirty times the points.",
    ),
    Preset(
        "A wall at zero",
        MonteCarlo(Integral(f="1 / x", x_low=1e-9)),
        "The integral is 20.7, and nearly all of it lies where hardly a point falls.",
        fails="an error bar that is far too short",
        cure="cut the box off at 0.1, or draw x with density 1 / x (importance sampling)",
    ),
    Preset(
        "Five darts",
        MonteCarlo(Repeats(n=5, interval="plain")),
        "When all five darts land inside, estimate ± 1.96 standard errors is 4 ± 0.",
        fails="intervals that hold π in 69 % of all cases, not 95 %",
        cure="take Wilson's interval, or throw more darts",
    ),
    Preset(
        "A needle longer than the boards",
        MonteCarlo(Needle(length=3.0)),
        "It may cross three lines and is counted once. More needles only make the wrong number surer.",
        fails="the estimate tends to 6.72",
        cure="count how many lines it crosses",
    ),
    Preset(
        "The ball in twenty dimensions",
        MonteCarlo(Ball()),
        "A million darts, and not one hits: the ball fills a 40-millionth of its cube.",
        fails="no hit",
        cure="go slice by slice",
    ),
)

QUESTION = Question(
    "About 27,000 darts give π with a standard error of 0.01. How many darts does a standard error of 0.001 take?",
    ("85,000", "270,000", "2,700,000"),
    2,
    "The error is 1.642 / √n. A tenth of the error takes a hundred times the darts: each further digit of π costs a hundredfold.",
    (
        "That is √10 times as many, the wrong way round: it is the error that goes with a root, and the darts with a square.",
        "That would hold if the error fell like 1 / n. It falls like 1 / √n: misses on both sides cancel only in part.",
        "",
    ),
    Preset("Standard error 0.001", MonteCarlo(Darts(n=2_700_000)), "A hundred times the darts for one more digit."),
)
