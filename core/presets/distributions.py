"""Ready experiments of the distribution explorer."""

from core.distributions.bounded.beta import Beta
from core.distributions.discrete.binomial import Binomial
from core.distributions.discrete.poisson import Poisson
from core.distributions.explore import Explore
from core.distributions.modifiers.gaussian_mixture import GaussianMixture
from core.distributions.positive.gamma import Gamma
from core.distributions.positive.log_normal import LogNormal
from core.distributions.positive.pareto import Pareto
from core.distributions.real_line.cauchy import Cauchy
from core.distributions.real_line.student_t import StudentT
from core.presets.preset import Preset

PRESETS = (
    Preset(
        "From skewed to bell",
        Explore(Gamma(shape=1.0, rate=1.0)),
        "Drag the shape up: the skewness 2/√shape melts away, and a bell remains.",
        view=(("hand.Gamma", "shape"),),
    ),
    Preset("Heavy tails", Explore(StudentT(df=3.5)), "At 3.5 degrees of freedom the variance is finite, the kurtosis is not.", view=(("hand.StudentT", "df"),)),
    Preset(
        "Two hills",
        Explore(GaussianMixture()),
        "Drag one mean towards the other: two modes become one before the means meet.",
        view=(("hand.GaussianMixture", "part 1 mean"),),
    ),
    Preset(
        "Rare events", Explore(Poisson(rate=2.0), n=10_000), "Counts of rare events: variance equals mean, at every rate.", view=(("hand.Poisson", "rate"),)
    ),
    Preset("Coin tosses", Explore(Binomial(n=20, p=0.3)), "The binomial tends to a bell as n grows, soonest at p = 1/2.", view=(("hand.Binomial", "n"),)),
    Preset("Opinions on a share", Explore(Beta(a=0.5, b=0.5)), "Below 1 both parameters pile the mass up at the edges.", view=(("hand.Beta", "a"),)),
    Preset(
        "The mean that never comes",
        Explore(Cauchy(), n=100_000),
        "The average of 100,000 Cauchy draws is as wild as a single draw.",
        fails="no mean: averaging does not help",
        cure="use the median, or a Student law with more than one degree of freedom",
    ),
    Preset(
        "The error bar that does not exist",
        Explore(Pareto(shape=1.2, scale=1.0), n=10_000, seed=3),
        "The mean is finite, the variance is not: the sample mean crawls up from below, and no standard error exists.",
        fails="infinite variance: no standard error",
        cure="drag the shape above 2",
        view=(("hand.Pareto", "shape"),),
    ),
    Preset(
        "A million draws, and still too low",
        Explore(LogNormal(mu=0.0, sigma=8.0), n=1_000_000),
        "With sigma 8 more than 99.9 % of the mean comes from draws rarer than one in a million, which the sample all but never holds.",
        fails="the mean rests on draws too rare to be seen",
        cure="lower sigma, or average the logarithms",
        view=(("hand.LogNormal", "sigma"),),
    ),
)
