"""Ready experiments of the page of several variables."""

from core.distributions.multivariate import BivariateNormal, BivariateT, Dirichlet, Multinomial, Wishart
from core.distributions.multivariate.several import Several
from core.presets.preset import Preset

PRESETS = (
    Preset(
        "What x says about y",
        Several(BivariateNormal(rho=0.8)),
        "Drag the correlation: the line tilts, and what is left of y once x is known shrinks to √(1 − ρ²) of its spread.",
        view=(("hand.BivariateNormal", "rho"),),
    ),
    Preset(
        "Uncorrelated, not independent",
        Several(BivariateT(df=5.0, rho=0.0), n=10_000),
        "At correlation 0 a far x still makes y wilder: in the t law both share one random width. Of all laws with elliptical contours only the normal one has no such link.",
        view=(("hand.BivariateT", "df"),),
    ),
    Preset(
        "A belief that firms up",
        Several(Dirichlet(a=5.0, b=3.0, c=2.0)),
        "Concentrations count what was seen: raise one and the cloud moves towards its corner and draws together.",
        view=(("hand.Dirichlet", "a"),),
    ),
    Preset(
        "Twelve throws of a loaded die",
        Several(Multinomial(n=12)),
        "91 outcomes on a lattice; drag the trials up and the discs melt into a bell.",
        view=(("hand.Multinomial", "n"),),
    ),
    Preset(
        "How sure is a covariance?",
        Several(Wishart(df=6.0)),
        "Covariances estimated from the same truth: drag the degrees of freedom up, and the ellipses settle on it.",
        view=(("hand.Wishart", "df"),),
    ),
    Preset(
        "The covariance that never settles",
        Several(BivariateT(df=1.5), n=100_000),
        "The sample covariance keeps growing in jumps, whatever the number of draws.",
        fails="infinite covariance",
        cure="raise the degrees of freedom above 2",
        view=(("hand.BivariateT", "df"),),
    ),
    Preset(
        "Almost one number",
        Several(BivariateNormal(rho=0.9999)),
        "Two measurements of the same thing: the ellipse is a line, and inverting the covariance magnifies every error 20,000 times.",
        fails="singular correlation",
        cure="bring the correlation away from 1, or keep one of the two numbers",
        view=(("hand.BivariateNormal", "rho"),),
    ),
    Preset(
        "Crowded corners",
        Several(Dirichlet(a=0.3, b=0.3, c=0.3)),
        "Below 1 every concentration pushes the mass out: most draws give nearly everything to one.",
        fails="infinite density at the edge",
        cure="raise every concentration to 1 or more",
        view=(("hand.Dirichlet", "a"),),
    ),
    Preset(
        "Needles",
        Several(Wishart(df=2.0)),
        "Covariances from two degrees of freedom: each ellipse is a needle, though their mean is right.",
        fails="needles: estimates are nearly singular",
        cure="raise the degrees of freedom to 30",
        view=(("hand.Wishart", "df"),),
    ),
)
