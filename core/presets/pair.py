"""Ready experiments of the page that compares two laws."""

from core.distributions.discrete.binomial import Binomial
from core.distributions.discrete.poisson import Poisson
from core.distributions.modifiers.gaussian_mixture import GaussianMixture, Part
from core.distributions.pair import Pair
from core.distributions.positive.exponential import Exponential
from core.distributions.real_line.cauchy import Cauchy
from core.distributions.real_line.normal import Normal
from core.distributions.real_line.student_t import StudentT
from core.presets.preset import Preset

HILLS = GaussianMixture((Part(0.5, -2.5, 0.6), Part(0.5, 2.5, 0.6)))

PRESETS = (
    Preset(
        "One bell for two hills",
        Pair(HILLS, Normal(0.0, 1.0)),
        "Drag q across p: KL(p‖q) is least half way between the hills, KL(q‖p) on top of either.",
        view=(("hand.GaussianMixture.Normal", "q: mu"),),
    ),
    Preset(
        "Two ways to be wrong",
        Pair(Normal(), Normal(0.0, 3.0)),
        "Drag the spread of q: too narrow costs KL(p‖q) far more than too wide.",
        view=(("hand.Normal.Normal", "q: sigma"),),
    ),
    Preset(
        "Rare events by two laws",
        Pair(Binomial(n=40, p=0.05), Poisson(rate=2.0)),
        "Many trials, rare successes: drag p, and see how soon the Poisson law stops being a good stand-in.",
        fails="KL(q‖p) is infinite: a count above 40 is possible under q alone",
        cure="compare by JS, TV or W1",
        view=(("hand.Binomial.Poisson", "p: p"),),
    ),
    Preset(
        "A shift that TV soon no longer sees",
        Pair(Normal(), Normal(3.0, 1.0)),
        "Drag q away: TV and JS reach their ceilings, W1 keeps growing by one for one, KL by the square.",
        view=(("hand.Normal.Normal", "q: mu"),),
    ),
    Preset(
        "What q holds for impossible",
        Pair(Normal(1.0, 1.0), Exponential(1.0)),
        "A normal law falls below 0 now and then, an exponential one never does: each such draw would cost infinitely many nats.",
        fails="KL(p‖q) is infinite: q leaves out what p holds",
        cure="give q a support that holds p's, or compare by JS, TV or W1",
        view=(("hand.Normal.Exponential", "p: mu"),),
    ),
    Preset(
        "Mass from infinitely far",
        Pair(Cauchy(), Normal()),
        "The two bells look alike. But p log(p/q) never comes down, and the area between the CDFs never ends.",
        fails="KL(p‖q) and W1 are infinite: the tails of p are too heavy",
        cure="compare by JS or TV",
        view=(("hand.Cauchy.Normal", "p: scale"),),
    ),
    Preset(
        "A distance that draws cannot find",
        Pair(StudentT(3.0), Normal(), n=100_000),
        "KL(p‖q) is 0.645 nats by quadrature. Draws miss it in bursts, since a few far ones carry it: press Next seed.",
        fails="heavy weights: the log ratio has no variance",
        cure="drag df above 4, or trust the quadrature",
        view=(("hand.StudentT.Normal", "p: df"),),
    ),
)
