"""Handles on the curve lie where their names say, and only those that the parameter moves are there."""

import numpy as np
import pytest

from core.distributions import Cauchy, Exponential, Gamma, Normal, Poisson
from core.reels.sweep import sweep
from core.reels.wire import pack


def named(reel):
    return {handle.name: handle for handle in reel.handles}


def test_a_gamma_s_handles_ride_on_its_mode_median_and_tail():
    reel = sweep(Gamma(), "shape")
    handles = named(reel)
    assert list(handles) == ["mode", "median", "95 % quantile"]
    grid = (reel.panels[0].x.high - reel.panels[0].x.low) / 340
    for frame in (20, 50, 70):
        law = Gamma(reel.sweep.ticks[frame], 1.0)
        truth = {"mode": max(law.shape - 1, 0), "median": law.median(), "95 % quantile": float(law.quantile(0.95))}
        for name, place in truth.items():
            if place < reel.panels[0].x.high:
                assert handles[name].xs[frame] == pytest.approx(place, abs=grid), (name, frame)
        assert handles["median"].ys[frame] == pytest.approx(float(law.prob(law.median())), rel=0.02)


def test_a_handle_that_would_not_move_is_left_out():
    assert list(named(sweep(Normal(), "sigma"))) == ["95 % quantile"]
    assert list(named(sweep(Normal(), "mu"))) == ["mode", "95 % quantile"]  # mode and median are one


def test_a_quantile_out_of_view_is_nowhere():
    xs = named(sweep(Exponential(), "rate"))["95 % quantile"].xs
    assert np.isnan(xs[0]) and np.isfinite(xs[-1])
    reel = sweep(Cauchy(), "scale")
    assert len(named(reel)["95 % quantile"].xs) == reel.n_frames


def test_masses_have_handles_on_whole_numbers():
    handles = named(sweep(Poisson(), "rate"))
    xs = handles["mode"].xs
    assert np.array_equal(xs, np.round(xs))


def test_the_wire_carries_them():
    head, tables = pack(sweep(Gamma(), "shape"))
    first = head["handles"][0]
    assert first["name"] == "mode" and len(tables[first["xs"]["t"]]) == 101
