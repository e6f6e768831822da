"""Ready experiments of the rejection page, and the question that it asks."""

from core.distributions import Gamma, StudentT
from core.montecarlo.envelopes import Constant, Gaussian, Piecewise, Student, Tangents
from core.montecarlo.rejection import Rejection
from core.montecarlo.rejection_cost import Cost
from core.presets.preset import Preset
from core.presets.question import Question
from core.targets import Banana, Law

DARTS, DIMENSIONS = Rejection.title, Cost.title
AT_DARTS, AT_DIMENSIONS = (("show", DARTS),), (("show", DIMENSIONS),)

PRESETS = (
    Preset(
        "Two hills in a box",
        Rejection(),
        "0.3 exp(−x²) + 0.7 exp(−(x − 3)²) on [−2, 5], a density that nobody has normalised. Z / M = 36 % of the darts are kept.",
        view=AT_DARTS,
    ),
    Preset(
        "Two hills under a Gaussian",
        Rejection(envelope=Gaussian()),
        "One bell over both hills: it keeps more than the box, and wastes the valley.",
        view=AT_DARTS,
    ),
    Preset(
        "Twelve straight lines",
        Rejection(envelope=Piecewise(), squeeze=True),
        "Lines that follow the target keep 94 % of the darts, and a squeeze below it saves four looks of five.",
        view=AT_DARTS,
    ),
    Preset(
        "Student under Student",
        Rejection(target=Law(StudentT(df=5.0)), envelope=Student()),
        "Heavy tails need an envelope whose tails are heavier still: then there is an M.",
        view=AT_DARTS,
    ),
    Preset(
        "Tangents that learn",
        Rejection(target=Law(Gamma(shape=3.0)), envelope=Tangents(start=2, most=12), squeeze=True),
        "Adaptive rejection: every look at the target adds a tangent, and soon nothing is wasted, nor looked at.",
        view=AT_DARTS,
    ),
    Preset(
        "The mass under a curve",
        Rejection(n=20_000, what="mass", envelope=Gaussian()),
        "M times the share kept is the mass Z: rejection measures what it need not know.",
        view=AT_DARTS,
    ),
    Preset("A banana in the plane", Rejection(target=Banana(), envelope=Student(), n=20_000), "The same in two dimensions: 15 % are kept.", view=AT_DARTS),
    Preset("Twenty dimensions", Cost(), "An envelope 1.3 times as wide keeps 77 % on a line, and 0.5 % in twenty dimensions.", view=AT_DIMENSIONS),
    Preset(
        "M too small",
        Rejection(bound="typed", m=2.5),
        "The lid is too low: the taller hill loses its top, and what is drawn is the target with a flat hill.",
        fails="a fifth of the mass is cut off, and the mean is biased",
        cure="let M be found",
        view=AT_DARTS,
    ),
    Preset(
        "A box that ends too early",
        Rejection(envelope=Constant("hand", low=-2.0, high=3.5)),
        "No dart falls beyond 3.5, so nothing is drawn there, however large M is.",
        fails="a sixth of the mass lies outside",
        cure="make the box wider",
        view=AT_DARTS,
    ),
    Preset(
        "A Gaussian under Student",
        Rejection(target=Law(StudentT(df=5.0)), envelope=Gaussian("hand", width=1.3), bound="typed", m=1.6, what="square", n=100_000),
        "A Gaussian's tails are thinner than any power law's: somewhere the target comes through, whatever M is.",
        fails="no M is large enough, and the variance comes out too small",
        cure="take a Student envelope",
        view=AT_DARTS,
    ),
    Preset(
        "Tangents over two hills",
        Rejection(envelope=Tangents()),
        "Between two hills log f bends upwards. There a tangent is no bound: it cuts a hill off.",
        fails="the target is not log-concave",
        cure="take a piecewise envelope",
        view=AT_DARTS,
    ),
    Preset(
        "The ball in its cube",
        Cost("ball"),
        "In twenty dimensions one dart of 41 million lands in the ball.",
        fails="no dart is kept",
        cure="take fewer dimensions",
        view=AT_DIMENSIONS,
    ),
)

QUESTION = Question(
    "A Gaussian is drawn by rejection from one that is 1.3 times as wide. On a line 77 % of the darts are kept. How many are kept in 20 dimensions?",
    ("about 77 %", "about 15 %", "about 0.5 %"),
    2,
    "Each coordinate has its own factor: 1/1.3, twenty times over, is 1.3⁻²⁰ = 0.0053. What is cheap on a line is hopeless in many dimensions.",
    (
        "That would hold if only one coordinate had to fit; all twenty must.",
        "That is 77 % less some for each coordinate; but factors multiply, they do not add up.",
        "",
    ),
    Preset("Twenty dimensions", Cost(), "The acceptance against the dimension, on a log axis: a straight line down.", view=AT_DIMENSIONS),
)
