"""Runs under a bar: finished once for all, stopped with what there is, never more at once than there are places."""

import threading
import time

import numpy as np
from streamlit.testing.v1 import AppTest

from core.progress import Progress
from pages._ui.drive import Kitchen, Outcome, weight


def test_a_finished_result_is_kept_until_the_budget_is_full():
    kitchen = Kitchen(budget=3000)
    for name in "abc":
        kitchen.keep(name, Outcome(np.zeros(125), 1, 1))
    assert kitchen.finished("a") is not None  # used just now, so b is the oldest
    kitchen.keep("d", Outcome(np.zeros(125), 1, 1))
    assert [name for name in "abcd" if kitchen.finished(name)] == ["a", "c", "d"]
    kitchen.keep("huge", Outcome(np.zeros(1000), 1, 1))
    assert kitchen.finished("huge") is None


def test_weight_counts_arrays_inside_dataclasses_and_lists():
    assert weight(Progress(1, 1, [np.zeros(10), np.zeros(5)])) >= 120


def test_no_more_runs_than_places_and_never_one_key_twice():
    kitchen, running, most, twice = Kitchen(places=2), [], [], []
    lock = threading.Lock()

    def cook(key: str) -> None:
        with kitchen.place(key) as ahead:
            while ahead():
                kitchen.wait(0.01)
            if kitchen.finished(key):
                return
            with lock:
                twice.append(key in running)
                running.append(key)
                most.append(len(running))
            time.sleep(0.05)
            with lock:
                running.remove(key)
            kitchen.keep(key, Outcome(np.zeros(1), 1, 1))

    threads = [threading.Thread(target=cook, args=(key,)) for key in "aabbccddee"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not any(thread.is_alive() for thread in threads)
    assert max(most) == 2 and not any(twice) and len(most) == 5


def test_a_stopped_run_gives_its_place_back():
    kitchen = Kitchen(places=1)
    try:
        with kitchen.place("a") as ahead:
            assert ahead() == 0
            raise GeneratorExit
    except GeneratorExit:
        pass
    with kitchen.place("b") as ahead:
        assert ahead() == 0


def test_the_queue_says_how_many_are_before():
    kitchen = Kitchen(places=1)
    with kitchen.place("a") as first:
        assert first() == 0
        with kitchen.place("b") as second, kitchen.place("c") as third:
            assert (second(), third()) == (1, 2)


def two_runs():
    import time

    from core.progress import Progress
    from pages._ui.drive import drive

    def work():
        for step in (1, 2, 3):
            time.sleep(0.2)
            yield Progress(step, 3, step)

    for part in ("first", "second"):
        drive(work, "the same for three hundred characters " * 8 + part, part)


def test_two_bars_on_one_page_may_agree_in_most_of_their_keys():
    at = AppTest.from_function(two_runs, default_timeout=60).run()
    assert not at.exception
