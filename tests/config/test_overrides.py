"""Values set from outside by dotted path."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.configuration.loading import load
from model.configuration.problems import ConfigProblems
from tests.config.small_ground import CONFIGS


def put(*settings_):
    return load("good", settings_, CONFIGS)


def faults(*settings_) -> list[str]:
    with pytest.raises(ConfigProblems) as caught:
        put(*settings_)
    return str(caught.value).splitlines()


def test_plain_values():
    scenario = put("forces.ndf.order_of_battle.joura.men=700", "turn_h = 12", "map.cell_km=2", "inputs.bridge.p=0")
    assert scenario.forces["ndf"].order_of_battle["joura"].men == 700
    assert (scenario.turn_h, scenario.map.cell_km, scenario.inputs["bridge"].p) == (12, 2.0, 0.0)


def test_a_number_keeps_its_unit_and_says_where_it_comes_from():
    scenario = put("rules.combat.attr_k=0.15", "air_forces.russian_air.sorties=60", "rules.combat.law=helmbold")
    assert scenario.rules["combat"]["attr_k"].value == 0.15
    assert scenario.rules["combat"]["attr_k"].basis == "estimate (set on the command line)"
    assert (scenario.air_forces["russian_air"].sorties.value, scenario.air_forces["russian_air"].sorties.unit) == (60, "1/day")
    assert scenario.rules["combat"]["law"].value == "helmbold"


def test_its_value_may_be_named_and_set_twice():
    scenario = put("rules.combat.attr_k.value=0.15", "rules.combat.attr_k=0.3")
    assert scenario.rules["combat"]["attr_k"].value == 0.3
    assert scenario.rules["combat"]["attr_k"].basis.count("command line") == 1


def test_lists_mappings_and_entries():
    scenario = put(
        "map.box=[40, 35, 40.5, 35.5]",
        "map.contested.dist_baghiliya=islamic_state",
        "inputs.late={kind: crossing, date: 2016-06-01, crossing: tarif, state: destroyed, basis: estimate}",
        "inputs.pull.formations.qusour=50",
        "doctrine.ndf.settings.reserve=0.5",
        "doctrine.ndf.tactics.0=withdraw",
    )
    assert scenario.map.box == (40, 35, 40.5, 35.5)
    assert scenario.map.contested == {"dist_baghiliya": "islamic_state"}
    assert scenario.inputs["late"].crossing == "tarif"
    assert scenario.inputs["pull"].formations == {"joura": 100, "qusour": 50}
    assert (scenario.doctrine["ndf"].settings, scenario.doctrine["ndf"].tactics) == ({"reserve": 0.5}, ("withdraw",))


def test_null_takes_away():
    assert "pull" not in put("inputs.pull=~").inputs
    assert put("air_forces=~").air_forces == {}


def test_the_base_is_left_alone():
    put("rules.combat.attr_k=0.15")
    assert load("good", root=CONFIGS).rules["combat"]["attr_k"].value == 0.2


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("forces.ndf.order_of_battle.jura.men=600", "forces.ndf.order_of_battle.jura.men: no such key; did you mean 'joura'?"),
        ("rules.combat.atr_k=0.1", "rules.combat.atr_k: no such key; did you mean 'attr_k'?"),
        ("rules.combt.attr_k=0.1", "rules.combt.attr_k: no such key; did you mean 'combat'?"),
        ("doctrine.ndf.settings.reserv=0.1", "doctrine.ndf.settings.reserv: no such key; did you mean 'reserve'?"),
        ("map.cellkm=2", "map.cellkm: no such key; did you mean 'cell_km'?"),
        ("turn_h.x=2", "turn_h.x: no such key"),
        ("inputs.x={p: 0}", "inputs.x: Field required: kind"),
        ("inputs.x.p=0", "inputs.x.p: no such key; allowed: bridge, pull"),
        ("supply_sources.goverment=[x]", "supply_sources.goverment: no such key; did you mean 'government'?"),
        ("doctrine.ndf.tactics.7=x", "doctrine.ndf.tactics.7: no such key"),
        ("turn_h=7", "turn_h: Input should be 6 or 12"),
        ("rules.combat.attr_k=7", "rules.combat.attr_k.value: value 7 lies outside its range 0 to 1"),
        (
            "rules.combat.attr_k=no",
            "rules.combat.attr_k: 'no' is a truth value to some readers: write true or false, or quote it",
        ),
        ("map.box=[1, 2", "map.box: not YAML: did not find expected ',' or ']' while parsing a flow sequence"),
        ("turn_h", "turn_h: should read path.to.key=value"),
        ("turn_h=", "turn_h=: should read path.to.key=value"),
        ("=3", "=3: should read path.to.key=value"),
        ("a..b=3", "a..b=3: should read path.to.key=value"),
        ("", "'': should read path.to.key=value"),
        ("title=~", "title: Field required"),
    ],
)
def test_settings_that_do_not_fit(setting, message):
    text = faults(setting)
    expected = message if setting == "title=~" else f"--set {message}"
    assert len(text) == 1
    assert text[0].endswith(expected)


def test_all_faults_are_told_at_once():
    assert len(faults("turn_h=7", "mapp.x=1", "rules.combat.attr_k=9")) == 3


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.text(),
        st.tuples(st.sampled_from(["turn_h", "map.box", "rules.combat", "inputs.pull", "forces", "extends"]), st.text()).map(
            "=".join
        ),
    )
)
def test_any_setting_loads_or_gives_problems(setting):
    told = [setting]
    try:
        put(setting)
    except ConfigProblems as wrong:
        told = str(wrong).splitlines()
    assert told
