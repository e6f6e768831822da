"""Laws of several numbers against SciPy, mpmath and closed forms; samples against moments and marginals, with planted faults."""

import math

import mpmath as mp
import numpy as np
import pytest
from scipy import integrate, special, stats

from core.distributions.multivariate import MULTIVARIATE, BivariateNormal, BivariateT, Dirichlet, Multinomial, Wishart
from core.distributions.multivariate.base import Multivariate
from core.distributions.multivariate.several import Several, run
from core.distributions.multivariate.wishart import determinant, matrices, triangles
from core.params import Whole
from core.progress import finish
from core.rng import stream
from core.spec import Spec

FALSE_ALARM = 1e-6  # of each statistical test
LAWS = [
    BivariateNormal(mu_x=1, mu_y=-2, sigma_x=2, sigma_y=0.5, rho=-0.7),
    BivariateT(df=12, mu_x=1, sigma_x=2, sigma_y=0.5, rho=0.8),
    Dirichlet(a=0.6, b=2.5, c=4),
    Multinomial(n=9, weight_a=0.2, weight_b=0.3, weight_c=0.5),
    Wishart(df=7.5, sigma_x=1.5, sigma_y=0.7, rho=-0.4),
]


def names(law: Spec) -> str:
    return type(law).__name__


# Log densities


def test_log_densities_are_scipy_s_at_many_settings():
    rng, worst = np.random.default_rng(1), 0.0
    for _ in range(300):
        mu, sigma, rho = rng.normal(0, 3, 2), rng.gamma(2, 1, 2) + 0.05, rng.uniform(-0.95, 0.95)
        shape = np.outer(sigma, sigma) * np.array([[1, rho], [rho, 1]])
        df, weights, n = float(rng.gamma(2, 4) + 1.1), rng.gamma(1, 3, 3) + 0.01, int(rng.integers(1, 60))
        plane = {"mu_x": mu[0], "mu_y": mu[1], "sigma_x": sigma[0], "sigma_y": sigma[1], "rho": rho}
        die = Multinomial(n, *weights)
        pairs = [
            (BivariateNormal(**plane), stats.multivariate_normal(mu, shape).logpdf),
            (BivariateT(df, **plane), stats.multivariate_t(mu, shape, df).logpdf),
            (Dirichlet(*weights), lambda x, w=weights: np.array([stats.dirichlet(w).logpdf(row) for row in x])),
            (die, stats.multinomial(n, die.shares).logpmf),
            # draws of few degrees of freedom are nearly singular, where SciPy loses digits: they are held against mpmath below
            (Wishart(df + 3, *sigma, rho), lambda x, df=df + 3, v=shape: stats.wishart(df, v).logpdf(np.moveaxis(matrices(x), 0, -1))),
        ]
        for law, other in pairs:
            x = law.sample(rng, 5)
            if isinstance(law, Dirichlet) and (x <= 0).any():
                continue
            ours, theirs = law.log_prob(x), other(x)
            worst = max(worst, float(np.max(np.abs(ours - theirs) / np.maximum(1, np.abs(theirs)))))
    assert worst < 1e-10


def plane_by_mpmath(law, x) -> mp.mpf:
    rho, u, v = mp.mpf(law.rho), (mp.mpf(x[0]) - mp.mpf(law.mu_x)) / mp.mpf(law.sigma_x), (mp.mpf(x[1]) - mp.mpf(law.mu_y)) / mp.mpf(law.sigma_y)
    q = (u * u - 2 * rho * u * v + v * v) / (1 - rho**2)
    front = -mp.log(2 * mp.pi * law.sigma_x * mp.mpf(law.sigma_y) * mp.sqrt(1 - rho**2))
    return front - q / 2 if isinstance(law, BivariateNormal) else front - (mp.mpf(law.df) + 2) / 2 * mp.log1p(q / mp.mpf(law.df))


def dirichlet_by_mpmath(law, x) -> mp.mpf:
    weights = [mp.mpf(float(each)) for each in law.weights]
    return mp.loggamma(sum(weights)) - sum(map(mp.loggamma, weights)) + sum((w - 1) * mp.log(mp.mpf(float(s))) for w, s in zip(weights, x, strict=True))


def wishart_by_mpmath(law, x) -> mp.mpf:
    df, rho, sx, sy = map(mp.mpf, (law.df, law.rho, law.sigma_x, law.sigma_y))
    a, b, c = (mp.mpf(float(each)) for each in x)
    det_v, det_s = (sx * sy) ** 2 * (1 - rho**2), a * c - b * b
    trace = (a / sx**2 - 2 * rho * b / (sx * sy) + c / sy**2) / (1 - rho**2)
    front = df * mp.log(2) + df / 2 * mp.log(det_v) + mp.log(mp.pi) / 2 + mp.loggamma(df / 2) + mp.loggamma((df - 1) / 2)
    return (df - 3) / 2 * mp.log(det_s) - trace / 2 - front


def gap(ours: float, exact: mp.mpf) -> float:
    return float(abs(mp.mpf(float(ours)) - exact) / max(1, abs(exact)))


@pytest.mark.parametrize("rho", [0.0, 0.5, -0.999, 0.999999, -0.999999])
@pytest.mark.parametrize("df", [None, 1e-3, 0.5, 30, 1e8])
def test_planes_keep_their_digits_at_extremes(rho, df):
    law = BivariateNormal(sigma_x=3, sigma_y=0.2, rho=rho) if df is None else BivariateT(df, sigma_x=3, sigma_y=0.2, rho=rho)
    rng = np.random.default_rng(2)
    with mp.workdps(60):
        for x in [*law.place(rng.standard_normal((8, 2)) * 3), np.array([1e3, -1e3]), np.array([1e-9, 0])]:
            assert gap(law.log_prob(x), plane_by_mpmath(law, x)) < 1e-11


def test_planes_far_out_do_not_overflow():
    assert BivariateT(df=2.0).log_prob([1e200, 0]) == pytest.approx(-4 * 200 * math.log(10) - math.log(2 * math.pi) + 2 * math.log(2 * 0.64) - math.log(0.8))
    assert BivariateNormal().log_prob([1e200, 0]) == -math.inf and BivariateNormal().log_prob([math.inf, 0]) == -math.inf


@pytest.mark.parametrize(
    "weights",
    [(1e-3, 1e-3, 1e-3), (1e-3, 1, 1e6), (1, 1, 1), (0.5, 2, 3), (1e6, 1e6, 1e6), (1e6, 1e-3, 5), (300, 20, 0.01), (4e5, 6e5, 1e5)],
    ids=str,
)
def test_dirichlet_keeps_its_digits_at_extremes(weights):
    law, rng = Dirichlet(*weights), np.random.default_rng(3)
    points = [*law.sample(rng, 8), [0.2, 0.3, 0.5], [1 / 3, 1 / 3, 1 / 3], [1e-300, 0.5, 0.5], [1e-10, 1e-10, 1 - 2e-10], law.mean()]
    with mp.workdps(60):
        for x in points:
            if min(x) > 0:
                assert gap(law.log_prob(x), dirichlet_by_mpmath(law, x)) < 1e-11


@pytest.mark.parametrize("rho", [0.0, 0.5, -0.999, 0.999999, -0.999999])
@pytest.mark.parametrize("df", [1.001, 1.5, 3, 10, 1e3, 1e6, 1e8])
def test_wishart_keeps_its_digits_at_extremes(df, rho):
    rng = np.random.default_rng(4)
    with mp.workdps(60):
        for sigma in ((1, 1), (1e-5, 1e5), (3, 0.2)):
            law = Wishart(df, *sigma, rho)
            for x in law.sample(rng, 3):
                if determinant(*x) > 0:
                    assert gap(law.log_prob(x), wishart_by_mpmath(law, x)) < (1e-11 if df < 1e6 else 1e-9)


def test_multinomial_is_exact():
    law = Multinomial(n=200, weight_a=1e-9, weight_b=3, weight_c=1)
    with mp.workdps(40):
        shares = [mp.mpf(float(p)) for p in law.shares]
        for k in ([0, 150, 50], [1, 199, 0], [200, 0, 0], [3, 100, 97]):
            exact = mp.loggamma(201) - sum(mp.loggamma(each + 1) for each in k) + sum(each * mp.log(p) for each, p in zip(k, shares, strict=True))
            assert gap(law.log_prob(k), exact) < 1e-12


def test_the_edge_of_the_triangle():
    law = Dirichlet(a=0.5, b=1, c=2)
    there = law.log_prob([[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]])
    on_b = math.lgamma(3.5) - math.lgamma(0.5) - 0.5 * math.log(0.5) + math.log(0.5)
    assert there == pytest.approx([math.inf, on_b, -math.inf, math.nan, -math.inf, math.inf], nan_ok=True)
    assert Dirichlet(1, 1, 1).log_prob([1, 0, 0]) == pytest.approx(math.log(2))


@pytest.mark.parametrize("law", LAWS, ids=names)
def test_log_prob_says_what_is_outside_and_keeps_shapes(law):
    x = law.sample(stream(1, "shape"), 6)
    assert law.log_prob(x).shape == (6,) and np.shape(law.log_prob(x[0])) == () and law.log_prob(x.reshape(2, 3, -1)).shape == (2, 3)
    assert np.isnan(law.log_prob(np.full(law.dim, np.nan))) and np.isfinite(law.log_prob(x)).all()
    outside = {Dirichlet: [[-0.1, 0.6, 0.5], [0.5, 0.6, 0.1]], Multinomial: [[-1, 5, 5], [2.5, 3.5, 3], [1, 1, 1]], Wishart: [[-1, 0, 1], [1, 2, 1], [1, 1, 1]]}
    for point in outside.get(type(law), []):
        assert law.log_prob(point) == -math.inf
    assert np.array_equal(law.prob(x), np.exp(law.log_prob(x)))


def test_wishart_reads_matrices_and_triangles_alike():
    law = LAWS[4]
    x = law.sample(stream(1, "shape"), 6)
    assert matrices(x).shape == (6, 2, 2) and np.array_equal(triangles(matrices(x)), x)
    assert np.array_equal(law.log_prob(matrices(x)), law.log_prob(x))
    with pytest.raises(ValueError, match=r"x must have the shape \(..., 3\) or \(..., 2, 2\), got \(4,\): try"):
        law.log_prob(np.zeros(4))


# Mass is 1


@pytest.mark.parametrize("law", [*LAWS[:2], BivariateT(df=0.7, rho=0.9), BivariateNormal(rho=-0.999999)], ids=repr)
def test_planes_integrate_to_one(law):
    turns = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    unit = np.stack([np.cos(turns), np.sin(turns)], axis=-1)

    def ring(t: float) -> float:
        r = math.sinh(t)
        return 2 * np.pi * r * math.cosh(t) * float(law.prob(law.place(r * unit)).mean()) * math.exp(law.log_area())

    assert integrate.quad(ring, 0, 60, limit=400)[0] == pytest.approx(1, abs=1e-7)


@pytest.mark.parametrize("weights", [(2, 3, 1.5), (0.6, 2.5, 4), (0.3, 0.3, 0.3)], ids=str)
def test_dirichlet_integrates_to_one(weights):
    """Gauss-Jacobi takes the powers at the edges, so that what is left is smooth."""
    law, (a, b, c) = Dirichlet(*weights), weights
    x, wx = special.roots_sh_jacobi(40, a + b + c - 1, a)
    t, wt = special.roots_sh_jacobi(40, b + c - 1, b)
    x, t = x[:, None], t[None, :]
    shares = np.stack(np.broadcast_arrays(x, (1 - x) * t, (1 - x) * (1 - t)), axis=-1)
    smooth = law.log_prob(shares) + np.log1p(-x) - ((a - 1) * np.log(x) + (b + c - 1) * np.log1p(-x) + (b - 1) * np.log(t) + (c - 1) * np.log1p(-t))
    assert float(wx @ np.exp(smooth) @ wt) == pytest.approx(1, rel=1e-10)


@pytest.mark.parametrize("law", [LAWS[3], Multinomial(n=1), Multinomial(n=200), Multinomial(weight_a=0), Multinomial(weight_a=0, weight_b=0)], ids=repr)
def test_multinomial_sums_to_one(law):
    assert len(law.lattice) == (law.n + 1) * (law.n + 2) // 2 == len(np.unique(law.lattice, axis=0))
    assert math.fsum(law.prob(law.lattice)) == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("law", [Wishart(df=6, rho=0.3), Wishart(df=9.5, sigma_x=0.7, sigma_y=2, rho=-0.6)], ids=repr)
def test_wishart_integrates_to_one(law):
    s, w = special.roots_genlaguerre(60, law.df / 2)
    r, wr = special.roots_legendre(80)
    xx, yy = 2 * law.sigma_x**2 * s[:, None, None], 2 * law.sigma_y**2 * s[None, :, None]
    root = np.sqrt(xx * yy)
    x = np.stack(np.broadcast_arrays(xx, root * r, yy), axis=-1)
    weight = (law.df / 2) * (np.log(s[:, None, None]) + np.log(s[None, :, None])) - s[:, None, None] - s[None, :, None]
    smooth = np.exp(law.log_prob(x) - weight) * root * 4 * (law.sigma_x * law.sigma_y) ** 2
    assert np.einsum("ijk,i,j,k", smooth, w, w, wr) == pytest.approx(1, rel=2e-4)


@pytest.mark.parametrize("law", [Wishart(df=6), Wishart(df=2.2, rho=-0.9), Wishart(df=50, rho=0.99), Wishart(df=1e8, rho=0.3)], ids=repr)
def test_the_law_of_an_estimated_correlation_integrates_to_one(law):
    """In Fisher's transform y = artanh r, around the true one."""
    y = np.arctanh(law.rho) + np.linspace(-1, 1, 40001) * 40 / min(math.sqrt(law.df), law.df - 1)
    log_jacobian = -2 * (np.logaddexp(y, -y) - math.log(2))
    r = np.tanh(y)
    inside = np.abs(r) < 1
    density = np.exp(law.log_correlation(r[inside]) + log_jacobian[inside])
    assert integrate.trapezoid(density, y[inside]) == pytest.approx(1, abs=1e-6)


# Moments


def exact_cumulants(nodes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Fourth cumulants by quadrature: nodes (k, d), weights (k,)."""
    away = nodes - weights @ nodes
    c = np.einsum("k,ki,kj->ij", weights, away, away)
    return np.einsum("k,ki,kj->ij", weights, away**2, away**2) - np.outer(np.diag(c), np.diag(c)) - 2 * c * c


def quadrature(law) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights that are exact for polynomials of degree 8 under the law (under one degree of freedom for Wishart)."""
    if isinstance(law, Multinomial):
        return law.lattice.astype(float), law.prob(law.lattice)
    if isinstance(law, Dirichlet):
        (x, wx), (t, wt) = (special.roots_sh_jacobi(12, p + q - 1, p) for p, q in ((law.a, law.b + law.c), (law.b, law.c)))
        x, t = np.meshgrid(x, t, indexing="ij")
        nodes, weights = np.stack([x, (1 - x) * t, (1 - x) * (1 - t)], axis=-1).reshape(-1, 3), np.outer(wx, wt).ravel()
        return nodes, weights / weights.sum()
    e, w = special.roots_hermitenorm(12)
    z, weights = np.stack(np.meshgrid(e, e, indexing="ij"), axis=-1).reshape(-1, 2), np.outer(w, w).ravel() / w.sum() ** 2
    if isinstance(law, Wishart):
        x, y = law.sigma_x * z[:, 0], law.sigma_y * (law.rho * z[:, 0] + law.slack() * z[:, 1])
        return np.stack([x * x, x * y, y * y], axis=-1), weights
    return law.place(z), weights


@pytest.mark.parametrize("law", [LAWS[0], *LAWS[2:]], ids=names)
def test_moments_are_those_of_an_exact_quadrature(law):
    nodes, weights = quadrature(law)
    times = law.df if isinstance(law, Wishart) else 1  # cumulants of a sum add up
    mean = weights @ nodes
    covariance = np.einsum("k,ki,kj->ij", weights, nodes - mean, nodes - mean)
    assert law.mean() == pytest.approx(times * mean, rel=1e-12)
    assert law.covariance() == pytest.approx(times * covariance, rel=1e-9, abs=1e-12)
    assert law.cumulants() == pytest.approx(times * exact_cumulants(nodes, weights), rel=1e-8, abs=1e-9)


def test_moments_of_the_t_law():
    """E R^4 / E R^2 ... of the radius by mpmath, times those of the direction."""
    law = LAWS[1]
    with mp.workdps(30):
        df = mp.mpf(law.df)
        second, fourth = (mp.quad(lambda r, k=k: r ** (k + 1) * (1 + r * r / df) ** (-(df + 2) / 2), [0, 5, 50, mp.inf]) for k in (2, 4))
    shape = law.shape_matrix()
    assert law.covariance() == pytest.approx(float(second) / 2 * shape, rel=1e-12)
    moment = float(fourth) / 8 * (np.outer(np.diag(shape), np.diag(shape)) + 2 * shape**2)  # E Xi^2 Xj^2
    c = law.covariance()
    assert law.cumulants() == pytest.approx(moment - np.outer(np.diag(c), np.diag(c)) - 2 * c * c, rel=1e-10)
    assert law.entropy() == pytest.approx(stats.multivariate_t(shape=shape, df=law.df).entropy(), rel=1e-10)
    assert LAWS[0].entropy() == pytest.approx(stats.multivariate_normal(cov=LAWS[0].shape_matrix()).entropy(), rel=1e-12)


def test_moments_that_do_not_exist_say_so():
    for df, mean, variance, beside in ((1.0, math.nan, math.nan, math.nan), (2.0, 0.0, math.inf, math.nan), (1.5, 0.0, math.inf, math.nan)):
        law = BivariateT(df=df)
        assert law.mean()[0] == pytest.approx(mean, nan_ok=True) and law.covariance()[0, 0] == pytest.approx(variance, nan_ok=True)
        assert law.covariance()[0, 1] == pytest.approx(beside, nan_ok=True)
    assert np.isfinite(BivariateT(df=3.0).covariance()).all() and np.isinf(BivariateT(df=3.0).covariance_errors(100)).all()


@pytest.mark.parametrize("law", [*LAWS[:2], BivariateT(df=0.5, rho=0.99), BivariateT(df=1e8)], ids=repr)
def test_ellipses_hold_their_share(law):
    for share in (0.5, 0.95):
        x = law.place(np.array([law.radius(share), 0.0]))
        assert law.away(x) == pytest.approx(law.radius(share), rel=1e-9)
        other = stats.chi2.ppf(share, 2) if isinstance(law, BivariateNormal) else 2 * stats.f.ppf(share, 2, law.df)
        assert law.radius(share) ** 2 == pytest.approx(other, rel=1e-7)
        assert law.area(share) == pytest.approx(math.pi * law.radius(share) ** 2 * math.sqrt(np.linalg.det(law.shape_matrix())), rel=1e-9)


@pytest.mark.parametrize("law", LAWS[:2], ids=names)
def test_the_law_of_y_once_x_is_known_is_joint_over_marginal(law):
    y = np.linspace(-4, 2, 9)
    for x in (-1.0, 3.5):
        joint = law.log_prob(np.stack(np.broadcast_arrays(x, y), axis=-1))
        assert law.given(x).log_prob(y) == pytest.approx(joint - law.marginals()[0].log_prob(x), rel=1e-12)
        assert law.given(x).mean() == pytest.approx(law.mu_y + law.slope() * (x - law.mu_x), rel=1e-12)


# Samples


def worst_z(law: Multivariate, wrong: Multivariate, n: int = 200_000) -> float:
    """The largest |z| of the means and covariances of draws of `wrong`, held against the moments of `law`."""
    x = wrong.sample(stream(11, "moments"), n)
    gaps = np.concatenate([(x.mean(axis=0) - law.mean()) / law.mean_errors(n), ((np.cov(x.T) - law.covariance()) / law.covariance_errors(n)).ravel()])
    return float(np.max(np.abs(gaps[np.isfinite(gaps)])))


def limit(law: Multivariate) -> float:
    return -special.ndtri(FALSE_ALARM / 2 / (law.dim + law.dim**2))


@pytest.mark.parametrize("law", LAWS, ids=names)
def test_samples_have_the_moments(law):
    assert worst_z(law, law) < limit(law)
    assert law.sample(stream(1, "a"), 3).shape == (3, law.dim)
    assert (law.sample(stream(1, "a"), 3).dtype == np.int64) == law.discrete


@pytest.mark.parametrize(
    "law, wrong",
    [
        (LAWS[0], LAWS[0].replace(rho=0.7)),  # the sign of the correlation
        (LAWS[0], LAWS[0].replace(sigma_x=2 / math.sqrt(2), sigma_y=0.5 / math.sqrt(2))),  # half the covariance
        (LAWS[1], LAWS[1].replace(rho=-0.8)),
        (LAWS[1], LAWS[1].replace(df=14)),
        (LAWS[2], Dirichlet(a=2.5, b=0.6, c=4)),  # two corners exchanged
        (LAWS[2], Dirichlet(a=0.3, b=1.25, c=2)),  # half the concentration: the right mean
        (LAWS[3], LAWS[3].replace(weight_a=0.3, weight_b=0.2)),
        (LAWS[4], LAWS[4].replace(rho=0.4)),
        (LAWS[4], LAWS[4].replace(df=7, sigma_x=1.5 * math.sqrt(7.5 / 7), sigma_y=0.7 * math.sqrt(7.5 / 7))),  # the right mean
    ],
    ids=repr,
)
def test_a_planted_fault_in_the_samples_is_caught(law, wrong):
    assert worst_z(law, wrong) > limit(law)


def ks(values: np.ndarray, cdf: np.ndarray) -> float:
    """The Kolmogorov-Smirnov statistic times sqrt(n), from the CDF at the values."""
    u, n = np.sort(cdf), len(values)
    return math.sqrt(n) * float(max(np.max(np.arange(1, n + 1) / n - u), np.max(u - np.arange(n) / n)))


def push_or_sample(law: Multivariate, how: str, n: int = 20_000) -> np.ndarray:
    rng = stream(12, "marginals")
    return law.sample(rng, n) if how == "sample" else law.push(rng.standard_normal((n, law.n_normals)))


FAULTS = [
    (LAWS[0], LAWS[0].replace(sigma_x=2.2)),
    (LAWS[1], LAWS[1].replace(sigma_y=0.55)),
    (LAWS[2], LAWS[2].replace(a=0.7)),
    (LAWS[4], LAWS[4].replace(df=8.25)),
    (Dirichlet(a=0.02, b=0.05, c=30), Dirichlet(a=0.024, b=0.05, c=30)),
    (BivariateT(df=0.4), BivariateT(df=0.46)),
]


@pytest.mark.parametrize("how", ["sample", "push"])
@pytest.mark.parametrize("law, wrong", FAULTS, ids=repr)
def test_samples_follow_the_marginals_and_what_joins_them(law, wrong, how):
    x, most = push_or_sample(law, how), special.kolmogi(FALSE_ALARM)
    known = [i for i, each in enumerate(law.marginals()) if each and law.columns[i] != "c"]  # c is what a and b leave, and rounds to 1
    true, planted = ([ks(x[:, i], one.marginals()[i].cdf(x[:, i])) for i in known] for one in (law, wrong))
    assert max(true) < most < max(planted)
    if isinstance(law, Wishart):
        r = x[:, 1] / np.sqrt(x[:, 0] * x[:, 2])
        y = np.linspace(-9, 9, 20001)
        density = np.exp(law.log_correlation(np.tanh(y))) / np.cosh(y) ** 2
        below = integrate.cumulative_trapezoid(density, y, initial=0)
        assert ks(r, np.interp(np.arctanh(r), y, below)) < most < ks(r, np.interp(np.arctanh(-r), y, below))
    elif isinstance(law, Dirichlet):
        if min(law.weights) > 0.1:  # below, both shares underflow
            assert ks(x[:, 1], special.betainc(law.b, law.c, x[:, 1] / (x[:, 1] + x[:, 2]))) < most
    else:
        held = [law.radius(share) for share in np.linspace(0.001, 0.999, 999)]
        shares = np.interp(law.away(x), held, np.linspace(0.001, 0.999, 999))
        assert ks(x, shares) < most + 0.001 * math.sqrt(len(x))


@pytest.mark.parametrize("how", ["sample", "push"])
def test_outcomes_come_as_often_as_their_mass_says(how):
    law, n = LAWS[3], 20_000
    x = push_or_sample(law, how)
    place = {tuple(outcome): i for i, outcome in enumerate(law.lattice)}
    counts, expected = np.bincount([place[tuple(row)] for row in x], minlength=len(place)), n * law.prob(law.lattice)
    wrong = n * law.replace(weight_a=0.22).prob(law.lattice)

    def tail(expected: np.ndarray) -> float:
        some = expected > 5
        parts = [(counts[some], expected[some]), (counts[~some].sum(keepdims=True), expected[~some].sum(keepdims=True))]
        squares = sum(float(np.sum((seen - hoped) ** 2 / hoped)) for seen, hoped in parts)
        return float(special.gammaincc(some.sum() / 2, squares / 2))

    assert tail(expected) > FALSE_ALARM > tail(wrong)


@pytest.mark.parametrize("law", LAWS, ids=names)
def test_push_moves_points_a_little_for_a_little(law):
    z = stream(3, "smooth").standard_normal((500, law.n_normals))
    for path, (knob, value) in law.leaves().items():
        if isinstance(knob, Whole):
            assert np.abs(law.with_leaf(path, value + 1).push(z) - law.push(z)).sum(axis=1).max() == 1  # one more die
            continue
        moved = np.abs(law.with_leaf(path, value + 1e-6 * max(1, abs(value))).push(z) - law.push(z)).max(axis=1)
        assert np.mean(moved) < 1e-4 if not law.discrete else np.mean(moved > 0) < 0.01


# Standard errors of estimates


def squared_z(law: Multivariate, errors: np.ndarray, n: int, times: int) -> np.ndarray:
    x = law.sample(stream(5, "replicates"), n * times).reshape(times, n, -1).astype(float)
    away = x - x.mean(axis=1, keepdims=True)
    covariances = np.einsum("tni,tnj->tij", away, away) / (n - 1)
    return (((covariances - law.covariance()) / errors) ** 2).reshape(times, -1)


@pytest.mark.parametrize("law", [*LAWS[:1], *LAWS[2:], BivariateT(df=30, rho=0.5)], ids=repr)
def test_the_standard_errors_of_a_covariance_are_exact_at_small_n(law):
    """The mean of z^2 over many samples of 4 is 1; its own error is taken from the replicates."""
    times, errors = 100_000, law.covariance_errors(4)
    seen = squared_z(law, errors, 4, times)
    limit = -special.ndtri(FALSE_ALARM / 2 / seen.shape[1])
    assert np.all(np.abs(seen.mean(axis=0) - 1) < limit * seen.std(axis=0) / math.sqrt(times) + 1e-9)
    wrong = squared_z(law, errors * math.sqrt(3 / 4), 4, times)  # a planted fault: n in the place of n - 1
    assert np.any(np.abs(wrong.mean(axis=0) - 1) > limit * wrong.std(axis=0) / math.sqrt(times))


@pytest.mark.parametrize("law", LAWS, ids=names)
def test_usual_distances_are_the_root_of_the_summed_squares(law):
    mean, covariance = law.usual_distances(np.array([1, 7, 1000]))
    assert mean == pytest.approx([math.sqrt(np.sum(law.mean_errors(n) ** 2)) for n in (1, 7, 1000)])
    assert covariance == pytest.approx([math.nan, *(math.sqrt(np.sum(law.covariance_errors(n) ** 2)) for n in (7, 1000))], nan_ok=True)


# Specs


def test_no_member_is_missing_from_the_tuple():
    def below(cls: type) -> set[type]:
        return {cls} | {each for sub in cls.__subclasses__() for each in below(sub)}

    assert {cls for cls in below(Multivariate) if "title" in vars(cls)} == set(MULTIVARIATE)


@pytest.mark.parametrize("cls", MULTIVARIATE, ids=lambda cls: cls.__name__)
def test_specs_round_trip_json_url_and_repr(cls):
    rng = np.random.default_rng(8)
    known = {each.__name__: each for each in (*MULTIVARIATE, Several)}
    for _ in range(50):
        values = {}
        for name, knob in cls.params().items():
            low, high = (max(-9.0, knob.bounds[0]), min(9.0, knob.bounds[1])) if rng.random() < 0.5 else knob.bounds
            values[name] = int(rng.integers(low, high + 1)) if isinstance(knob, Whole) else float(rng.uniform(low, high))
        law = cls(**values)
        try:
            spec = Several(law, n=int(rng.integers(2, 10**6)), seed=int(rng.integers(10**6)))
        except ValueError as error:
            assert "law must lie within the range of a double" in str(error)
            continue
        assert Several.from_dict(spec.to_dict()) == spec == eval(repr(spec), known)
        assert Several.from_query(spec.to_query()) == (spec, [])


@pytest.mark.parametrize(
    "make, sentence",
    [
        (lambda: BivariateNormal(rho=1.0), r"rho must lie in \[-0.999999, 0.999999\], got 1: try 0.6"),
        (lambda: BivariateT(df=0.0), r"df must lie in \[0.001, 1e\+08\], got 0: try 5"),
        (lambda: Dirichlet(a=-1.0), r"a must lie in \[0.001, 1e\+06\], got -1: try 2"),
        (lambda: Multinomial(weight_a=0, weight_b=0, weight_c=0), "the weights must not all be 0, got 0, 0, 0: try weight_a = 1"),
        (lambda: Multinomial(n=500), r"n must lie in \[1, 200\], got 500: try 12"),
        (lambda: Wishart(df=1.0), r"df must lie in \[1.001, 1e\+08\], got 1: try 6"),
        (lambda: Several(BivariateT(df=1e-3)), "law must lie within the range of a double, got BivariateT"),
    ],
)
def test_what_is_refused_gets_its_sentence(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()


def test_every_family_works_with_its_defaults_and_can_be_drawn():
    for cls in MULTIVARIATE:
        rows = finish(run(Several(cls(), n=100)))
        assert rows.first.shape == (100, cls().dim) and cls.lead in cls.params() and cls.reference.startswith("https://")
