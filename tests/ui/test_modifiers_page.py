"""Laws made of others on the explorer's page: nested fields appear, links restore them, and what cannot be gets its sentence."""

from tests.ui.test_pages import explorer, sentences


def link(at):
    return at.code[-1].value


def test_a_link_restores_a_nested_law():
    at = explorer(
        **{
            "dist": "Truncated",
            "dist.Truncated.base": "Gamma",
            "dist.Truncated.base.Gamma.shape": "3.5",
            "hand.Truncated": "high",
            "side": "hazard, log density",
        }
    )
    assert at.number_input(key="dist.Truncated.base.Gamma.shape").value == 3.5
    assert all(part in link(at) for part in ("dist=Truncated", "dist.Truncated.base=Gamma", "dist.Truncated.base.Gamma.shape=3.5", "hand.Truncated=high"))
    assert not sentences(at)


def test_another_base_law_brings_its_own_fields():
    at = explorer(dist="Censored")
    at.selectbox(key="dist.Censored.base").set_value("StudentT").run()
    assert not at.exception and at.number_input(key="dist.Censored.base.StudentT.df")
    assert "Poisson" not in at.selectbox(key="dist.Censored.base").options and "Truncated" not in at.selectbox(key="dist.Censored.base").options
    at.number_input(key="dist.Censored.base.StudentT.df").set_value(3.0).run()
    assert not at.exception and "dist.Censored.base.StudentT.df=3" in link(at)


def test_limits_that_leave_nothing_get_a_sentence_and_then_a_way_out():
    at = explorer(dist="Truncated")
    at.selectbox(key="dist.Truncated.base").set_value("Uniform").run()
    at.number_input(key="dist.Truncated.low").set_value(2.0).run()
    assert not at.exception and "must leave some of the base law" in sentences(at)
    at.number_input(key="dist.Truncated.low").set_value(0.5).run()
    assert not at.exception and not sentences(at)


def test_a_base_that_contradicts_itself_keeps_its_last_good_setting():
    at = explorer(**{"dist": "Truncated", "dist.Truncated.base": "Uniform", "dist.Truncated.base.Uniform.high": "3"})
    at.number_input(key="dist.Truncated.base.Uniform.low").set_value(5.0).run()
    assert not at.exception and "high must be above low" in sentences(at)
    assert any("**1.5**" in each.value for each in at.markdown)  # the mean of what was good: uniform on [0, 3]


def test_a_mixture_changes_its_kind_part_by_part():
    at = explorer(dist="Mixture")
    at.selectbox(key="dist.Mixture.part.0.law").set_value("Poisson").run()
    assert not at.exception and "laws must be of one kind" in sentences(at)
    at.selectbox(key="dist.Mixture.part.1.law").set_value("Geometric").run()
    assert not at.exception and not sentences(at)
    at.number_input(key="dist.Mixture.parts").set_value(3).run()
    assert not at.exception and at.number_input(key="dist.Mixture.part.2.weight")
    assert "laws must be of one kind" in sentences(at)  # the third part starts as the first one did
    at.selectbox(key="dist.Mixture.part.2.law").set_value("Skellam").run()
    assert not at.exception and not sentences(at) and "dist.Mixture.part.2.law=Skellam" in link(at)


def test_zeros_over_any_count():
    at = explorer(**{"dist": "Zero-inflated", "dist.ZeroInflated.base": "Binomial", "dist.ZeroInflated.zeros": "0.5"})
    assert not at.exception and at.number_input(key="dist.ZeroInflated.base.Binomial.n").value == 20
    assert any("**3**" in each.value for each in at.markdown)  # half of 20 times 0.3
