"""Ready experiments of the updating page, and the question that it asks."""

from core.distributions.conjugate_pairs import BetaBinomialPair, GammaPoissonPair, NormalNormalPair
from core.distributions.updating import Updating
from core.presets.preset import Preset
from core.presets.question import Question

TEN_HEADS = Preset(
    "Ten heads in a row",
    Updating(BetaBinomialPair(a=12.0, b=12.0, share=1.0), n=10),
    "A prior worth 24 tosses meets ten heads: the posterior mean is 22 of 34.",
    fails="a stubborn prior: ten of ten are rarer than 1 in 100 under it",
    cure="lower a and b, or let more data come in",
)

PRESETS = (
    TEN_HEADS,
    Preset("A coin, toss by toss", Updating(), "Each toss moves the belief less than the one before; the interval narrows like 1 / √n."),
    Preset(
        "Knowing nothing",
        Updating(BetaBinomialPair(a=1.0, b=1.0, share=0.2), n=40),
        "With a flat prior posterior and likelihood are the same curve. After one success in one trial the prediction is 2/3, not 1.",
    ),
    Preset("Calls in an hour", Updating(GammaPoissonPair(), n=100), "The prediction starts far too wide and becomes the law of the data."),
    Preset(
        "Measured again and again",
        Updating(NormalNormalPair(), n=100),
        "The interval of the mean closes, the prediction never gets narrower than the spread. Here the interval misses, as one in twenty does: press Next seed.",
    ),
    Preset(
        "Sure, and wrong",
        Updating(BetaBinomialPair(a=20.0, b=2.0, share=0.3), n=30),
        "A prior worth 22 tosses says 0.91. The truth is 0.3, and after 30 tosses the interval still misses it.",
        fails="a stubborn prior",
        cure="lower a and b, or let more data come in",
    ),
    Preset(
        "Noise taken for signal",
        Updating(NormalNormalPair(known=0.5, noise=2.0), n=60, seed=3),
        "The data scatter four times as much as the update believes. It becomes sure far too soon, of the wrong mean.",
        fails="a wrong known spread: intervals too narrow",
        cure="set the known spread to the true one, or learn the spread too",
    ),
)

QUESTION = Question(
    "You believe that a coin shows heads with probability 0.5, give or take 0.1. Then ten of ten tosses come up heads. Where is the posterior mean now?",
    ("0.50", "0.65", "0.92", "1.00"),
    1,
    "A belief of 0.5 give or take 0.1 is worth 24 tosses, 12 of them heads. Ten heads more make 22 of 34, which is 0.647: "
    "prior and data are weighed by how many tosses each is worth.",
    (
        "A strong prior is slow, but it does move: ten tosses weigh against its twenty-four.",
        "",
        "That is Laplace's 11 of 12, and right for whoever knew nothing before: a flat prior is worth two tosses.",
        "That is what the data say alone. But ten heads do happen to a fair coin, once in 1,024 tries, and a belief remembers that.",
    ),
    TEN_HEADS,
)
