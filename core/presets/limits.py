"""Ready experiments of the limits page, and the question that it asks."""

from core.distributions.bounded.beta import Beta
from core.distributions.discrete.bernoulli import Bernoulli
from core.distributions.positive.exponential import Exponential
from core.distributions.positive.pareto import Pareto
from core.distributions.real_line.cauchy import Cauchy
from core.montecarlo.limits import Bootstrap, CentralLimit, LargeNumbers, Limits
from core.presets.preset import Preset
from core.presets.question import Question

PRESETS = (
    Preset(
        "Coins settle",
        Limits(Bernoulli(p=0.5), LargeNumbers(n=10_000)),
        "The share of heads settles on one half; the band narrows tenfold while n grows a hundredfold.",
    ),
    Preset(
        "A bell out of two horns", Limits(Beta(a=0.3, b=0.3), CentralLimit()), "Single draws pile up at the edges. Means of twelve already look like a bell."
    ),
    Preset("Skewness melts", Limits(Exponential(), CentralLimit(n=256)), "The skewness of a mean is 2 / √n: drag n until the eye no longer sees it."),
    Preset(
        "One sample, its own error",
        Limits(Exponential(), Bootstrap(n=100), seed=2),
        "Drawing again from one sample tells how wrong its mean is, without a formula.",
    ),
    Preset(
        "The average that never settles",
        Limits(Cauchy(), LargeNumbers(n=100_000)),
        "Running means of Cauchy draws jump for ever.",
        fails="no mean to settle on",
        cure="watch the median, or take lighter tails",
    ),
    Preset(
        "No bell",
        Limits(Pareto(shape=1.5, scale=1.0), CentralLimit(n=256)),
        "The variance is infinite: scaled by √n the means spread for ever, and to one side.",
        fails="infinite variance",
        cure="drag the shape well above 2",
    ),
    Preset(
        "The bootstrap of a maximum",
        Limits(Exponential(), Bootstrap(n=50)),
        "63 % of all resamples repeat the sample's own largest value, and none exceeds it.",
        fails="the bootstrap of a maximum",
        cure="bootstrap means, or model the tail",
    ),
)

QUESTION = Question(
    "Draw 100 values of a Cauchy law and average them; do this again and again. How much less do the averages scatter than single draws?",
    ("100 times less", "10 times less", "no less at all"),
    2,
    "The average of any number of Cauchy draws has the very law of one draw. Its tails are so heavy that a single far value outweighs all others, "
    "at every n: the walks do not draw together.",
    (
        "That would need misses which cancel one by one; independent ones still add up like √n.",
        "That is 1 / √100, and right for every law that has a variance. The Cauchy law has none.",
        "",
    ),
    Preset("Averages of 100", Limits(Cauchy(), LargeNumbers(n=100)), "Averages of 100 Cauchy draws are as wild as single draws."),
)
