"""Other namings of the lengths of vectors and the strengths of signals: by mean, root mean square, power or temperature."""

from __future__ import annotations

import math

from core.distributions.namings.naming import MEAN, Naming, renamed, size
from core.distributions.positive.half_normal import HalfNormal
from core.distributions.positive.maxwell import Maxwell
from core.distributions.positive.nakagami import Nakagami
from core.distributions.positive.rayleigh import Rayleigh
from core.distributions.positive.rice import Rice
from core.knobs import Real

RMS = size("Root mean square", "r", "The root of the mean squared value.", 0.3, 7)

NAMINGS: tuple[Naming, ...] = (
    renamed(
        Rayleigh,
        "Mean",
        {"mean": MEAN},
        lambda d: {"mean": d.mean()},
        lambda mean: {"sigma": mean * math.sqrt(2 / math.pi)},
        r"\frac{\pi x}{2\,<mean>^2}\exp\left(-\frac{\pi}{4}\,\frac{x^2}{<mean>^2}\right)",
        "Wind energy, where only the mean speed of a site is known",
    ),
    renamed(
        Rayleigh,
        "Root mean square",
        {"rms": RMS},
        lambda d: {"rms": math.sqrt(2) * d.sigma},
        lambda rms: {"sigma": rms / math.sqrt(2)},
        r"\frac{2x}{<rms>^2}\,e^{-x^2/<rms>^2}",
        "Heights of sea waves; fading radio channels, where its square is the mean power",
    ),
    renamed(
        Maxwell,
        "Most probable speed",
        {"mode": size("Most probable speed", "v_p", "Where the density is highest.", 0.3, 7)},
        lambda d: {"mode": math.sqrt(2) * d.sigma},
        lambda mode: {"sigma": mode / math.sqrt(2)},
        r"\frac{4}{\sqrt{\pi}}\,\frac{x^2}{<mode>^3}\,e^{-x^2/<mode>^2}",
        "Kinetic theory of gases",
    ),
    renamed(
        Maxwell,
        "Mean speed",
        {"mean": size("Mean speed", r"\bar v", "The average over very many molecules.", 0.3, 8)},
        lambda d: {"mean": d.mean()},
        lambda mean: {"sigma": mean * math.sqrt(math.pi / 8)},
        r"\frac{32}{\pi^2}\,\frac{x^2}{<mean>^3}\exp\left(-\frac{4}{\pi}\,\frac{x^2}{<mean>^2}\right)",
        "Kinetic theory of gases: effusion, and collisions with a wall",
    ),
    renamed(
        Maxwell,
        "Temperature over mass",
        {
            "temperature": size(
                "Temperature over mass",
                r"\tfrac{kT}{m}",
                "Boltzmann's constant times the temperature, over the mass of a molecule: the variance along each axis.",
                0.04,
                25,
            )
        },
        lambda d: {"temperature": d.sigma**2},
        lambda temperature: {"sigma": math.sqrt(temperature)},
        r"\sqrt{\frac{2}{\pi}}\,\frac{x^2}{\left(<temperature>\right)^{3/2}}\exp\left(-\frac{x^2}{2\,<temperature>}\right)",
        "Physics: speeds at temperature T of molecules of mass m",
    ),
    renamed(
        HalfNormal,
        "Mean",
        {"mean": MEAN},
        lambda d: {"mean": d.mean()},
        lambda mean: {"sigma": mean * math.sqrt(math.pi / 2)},
        r"\frac{2}{\pi\,<mean>}\exp\left(-\frac{x^2}{\pi\,<mean>^2}\right)",
        "Mean absolute error of a normal measurement",
    ),
    renamed(
        HalfNormal,
        "One over the mean",
        {"theta": size("One over the mean", r"\theta", "The larger, the narrower.")},
        lambda d: {"theta": math.sqrt(math.pi / 2) / d.sigma},
        lambda theta: {"sigma": math.sqrt(math.pi / 2) / theta},
        r"\frac{2\,<theta>}{\pi}\exp\left(-\frac{x^2\,<theta>^2}{\pi}\right)",
        "Mathematica: HalfNormalDistribution[θ]; R's fdrtool: dhalfnorm(theta)",
    ),
    renamed(
        HalfNormal,
        "Precision",
        {"precision": size("Precision", r"\tau", "One over the squared scale.", 0.05, 25)},
        lambda d: {"precision": d.sigma**-2},
        lambda precision: {"sigma": 1 / math.sqrt(precision)},
        r"\sqrt{\frac{2\,<precision>}{\pi}}\exp\left(-\frac{<precision>\,x^2}{2}\right)",
        "JAGS: dnorm(0, tau) T(0,)",
    ),
    renamed(
        Nakagami,
        "Shape and root mean square",
        {"m": None, "rms": RMS},
        lambda d: {"rms": math.sqrt(d.omega)},
        lambda m, rms: {"omega": rms**2},
        r"\frac{2\,<m>^{<m>}}{\Gamma(<m>)\,<rms>}\left(\frac{x}{<rms>}\right)^{2\,<m>-1}\exp\left(-<m>\,\frac{x^2}{<rms>^2}\right)",
        "SciPy: nakagami(nu, scale)",
    ),
    renamed(
        Nakagami,
        "Amount of fading and mean power",
        {
            "fading": size("Amount of fading", r"\mathrm{AF}", "The variance of the power over its squared mean: 1 is Rayleigh fading, 0 none.", 0.1, 2),
            "omega": None,
        },
        lambda d: {"fading": 1 / d.m},
        lambda fading, omega: {"m": 1 / fading},
        r"\frac{2m^m}{\Gamma(m)\,<omega>^m}\,x^{2m-1}e^{-m x^2/<omega>},\quad m=\frac{1}{<fading>}",
        "Design of radio links",
    ),
    renamed(
        Rice,
        "K-factor and mean power",
        {
            "k": Real(math.nan, "K-factor", "Power of the direct path over that of all others: 0 is the Rayleigh law.", "K", 0, 10, 0.1, bounds=(0, 1e12)),
            "power": size("Mean power", r"\Omega", "The mean squared strength.", 0.1, 30),
        },
        lambda d: {"k": 0.5 * (d.nu / d.sigma) ** 2, "power": d.nu**2 + 2 * d.sigma**2},
        lambda k, power: {"nu": math.sqrt(k * power / (1 + k)), "sigma": math.sqrt(power / (2 * (1 + k)))},
        r"\frac{2(1+<k>)\,x}{<power>}\exp\left(-<k>-\frac{(1+<k>)\,x^2}{<power>}\right)I_0\left(2x\sqrt{\frac{<k>\,(1+<k>)}{<power>}}\right)",
        "Radio channels with a line of sight; MATLAB's rician channel",
    ),
    renamed(
        Rice,
        "Signal to noise and noise",
        {"snr": Real(math.nan, "Signal to noise", "The distance in units of the noise.", "b", 0, 10, 0.1, bounds=(0, 1e12)), "sigma": None},
        lambda d: {"snr": d.nu / d.sigma},
        lambda snr, sigma: {"nu": snr * sigma},
        r"\frac{x}{<sigma>^2}\exp\left(-\frac{1}{2}\left(\frac{x^2}{<sigma>^2}+<snr>^2\right)\right)I_0\left(\frac{<snr>\,x}{<sigma>}\right)",
        "SciPy: rice(b, scale); magnetic resonance images",
    ),
)
