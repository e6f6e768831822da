"""Ready experiments of the relatives page."""

from core.distributions.kinship import Kin
from core.distributions.relations.extremes import ZipfToZipf
from core.distributions.relations.limits import BinomialToNormal, BinomialToPoisson, PoissonToNormal, StudentToNormal
from core.distributions.relations.limits_more import ExponentialToExtremeValue, NormalToExtremeValue
from core.distributions.relations.mixtures import PoissonToNegativeBinomial
from core.distributions.relations.rays import NormalToRayleigh
from core.distributions.relations.special_others import BetaToArcsine
from core.distributions.relations.sums import CauchyToCauchy
from core.distributions.relations.transforms_normal import NormalToChiSquared
from core.presets.preset import Preset

PRESETS = (
    Preset(
        "Rare events", Kin(BinomialToPoisson(n=100, rate=3.0)), "A hundred trials with p = 0.03 are Poisson's to within one per cent; Le Cam promised three."
    ),
    Preset(
        "A bell out of coins",
        Kin(BinomialToNormal(n=64, p=0.5)),
        "The heads in sixty-four throws are a bell, rounded to whole numbers, to within about a tenth of a per cent.",
    ),
    Preset("How many repetitions", Kin(StudentToNormal(df=29.0)), "The rule of thirty: with 29 degrees of freedom Student's law is one per cent off."),
    Preset("A square", Kin(NormalToChiSquared()), "Watch where small errors go: the parabola is flat there, so they pile up at zero."),
    Preset("Darts", Kin(NormalToRayleigh()), "The likeliest distance is not zero: there is more room farther out."),
    Preset("Rates that differ", Kin(PoissonToNegativeBinomial(r=1.5, mean=5.0)), "Each place has its own rate, so counts scatter more than Poisson's."),
    Preset("Horns and a hill", Kin(BetaToArcsine()), "Drag both parameters to one half: the distance touches zero, and leaves it again."),
    Preset("The longest wait", Kin(ExponentialToExtremeValue(n=20)), "The largest of twenty waits is nearly Gumbel's: the distance falls like 1 / n."),
    Preset("Divisors", Kin(ZipfToZipf(exponent=2.0)), "The greatest common divisor of two Zipf numbers is a Zipf number with twice the exponent."),
    Preset(
        "Half of all trials",
        Kin(BinomialToPoisson(n=10, rate=5.0)),
        "Ten trials with p = 1/2 are no rare events: the Poisson law is far too wide.",
        fails="these events are not rare",
        cure="raise the number of trials, or lower the rate",
    ),
    Preset(
        "A bell too early",
        Kin(PoissonToNormal(rate=0.5)),
        "With half an event to expect, most of the bell lies where no count can be.",
        fails="too few events for a bell",
        cure="raise the rate to nine or more",
    ),
    Preset(
        "The largest of many errors",
        Kin(NormalToExtremeValue(n=1000.0)),
        "From a thousand values to a billion the distance is only divided by three.",
        fails="as slow as a logarithm",
        cure="leave the tail index free, or take maxima of exponential values",
    ),
    Preset(
        "An average that buys nothing",
        Kin(CauchyToCauchy()),
        "Five Cauchy values, averaged, are as wild as one.",
        fails="no mean",
        cure="take the median of the five",
    ),
)
