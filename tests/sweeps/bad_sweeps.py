"""Sweep files that are wrong, each with every line that is said of it (`FILE` stands for the file's name)."""

HEAD = "sweep: bad\nscenario: skirmish\n"
ONE = "factors:\n  rules.islamic_state.raid_gap: {values: [10.0, 20.0]}\n"

BAD = {
    "no_such_file": (None, ["FILE: no such file"]),
    "empty": ("", [
        "FILE:1: should be a mapping (key: value)", "FILE:1: needs 'design:'", "FILE:1: needs 'scenario:'",
        "FILE:1: needs 'sweep:'"]),
    "not_yaml": ("sweep: [", []),
    "tagged": ("sweep: !!python/object:os.system true\nscenario: skirmish\ndesign: factorial\n" + ONE, []),
    "endless_aliases": ("a: &a [x, x]\nb: &b [*a, *a]\n" * 2, []),
    "a_list": ("- sweep\n- bad\n", [
        "FILE:1: should be a mapping (key: value)", "FILE:1: needs 'design:'", "FILE:1: needs 'scenario:'",
        "FILE:1: needs 'sweep:'"]),
    "unknown_key": (HEAD + "design: factorial\nfactor: 3\n" + ONE, [
        "FILE:4: factor: no such key; did you mean 'factors'?"]),
    "key_twice": (HEAD + "design: factorial\nseed: 1\nseed: 2\n" + ONE, [
        "FILE:5: seed: duplicate key 'seed', first written in line 4"]),
    "no_scenario": (
        "sweep: bad\nscenario: skirmsh\ndesign: factorial\n" + ONE,
        ["FILE:2: scenario: no such scenario; did you mean 'skirmish'?"],
    ),
    "folder_as_name": (
        "sweep: ../elsewhere\nscenario: skirmish\ndesign: factorial\n" + ONE,
        ["FILE:1: sweep: names a folder: letters, digits, '-', '_' and '.' only"],
    ),
    "seed_word": (HEAD + "design: factorial\nseed: seven\n" + ONE, ["FILE:4: seed: should be a whole number, not 'seven'"]),
    "seed_below_zero": (HEAD + "design: factorial\nseed: -1\n" + ONE, ["FILE:4: seed: should be at least 0, is -1"]),
    "misspelt_path": (
        HEAD + "design: factorial\nfactors:\n  rules.islamic_state.raid_gpa: [10.0, 20.0]\n",
        ["FILE:5: factors.rules.islamic_state.raid_gpa: the scenario has no such parameter; "
         "did you mean 'rules.islamic_state.raid_gap'?"],
    ),
    "bare_name": (
        HEAD + "design: factorial\nfactors:\n  raid_gap: [10.0, 20.0]\n",
        ["FILE:5: factors.raid_gap: the scenario has no such parameter; did you mean 'rules.islamic_state.raid_gap'?"],
    ),
    "a_group": (
        HEAD + "design: factorial\nfactors:\n  rules.islamic_state: [10.0, 20.0]\n",
        ["FILE:5: factors.rules.islamic_state: is a group of values, not one; name one of them"],
    ),
    "taken_from_the_rules": (
        HEAD + "design: factorial\nfactors:\n  enclave.airlifts.wfp.tonnes: [10.0, 20.0]\n",
        ["FILE:5: factors.enclave.airlifts.wfp.tonnes: is drop.wfp_t of the rulebook: vary that (rules.group.parameter)"],
    ),
    "outside": (
        HEAD + "design: {type: lhs, points: 9}\nfactors:\n  rules.islamic_state.raid_gap: {min: 10.0, max: 30.0}\n",
        ["FILE:5: factors.rules.islamic_state.raid_gap.max: 30 is outside what the model allows, 10 … 20 days"],
    ),
    "value_outside": (
        HEAD + "design: factorial\nfactors:\n  rules.islamic_state.raid_gap: [10.0, 30.0]\n",
        ["FILE:5: factors.rules.islamic_state.raid_gap: 30 is outside what the model allows, 10 … 20 days"],
    ),
    "min_above_max": (
        HEAD + "design: {type: lhs, points: 9}\nfactors:\n  rules.islamic_state.raid_gap: {min: 18.0, max: 12.0}\n",
        ["FILE:5: factors.rules.islamic_state.raid_gap: min 18 is not below max 12"],
    ),
    "yes_as_bound": (
        HEAD + "design: {type: lhs, points: 9}\nfactors:\n  rules.islamic_state.raid_gap: {min: true, max: 12.0}\n",
        ["FILE:5: factors.rules.islamic_state.raid_gap.min: should be a number, not True"],
    ),
    "no_such_option": (
        HEAD + "design: factorial\nfactors:\n  rules.patrons.cooperation: [none, parallel, full]\n",
        ["FILE:5: factors.rules.patrons.cooperation: 'full' is none of what the model allows: none, parallel, coordinated"],
    ),
    "value_twice": (
        HEAD + "design: factorial\nfactors:\n  rules.islamic_state.raid_gap: [10.0, 10.0]\n",
        ["FILE:5: factors.rules.islamic_state.raid_gap: a value is given twice"],
    ),
    "no_levels": (
        HEAD + "design: factorial\nfactors:\n  rules.islamic_state.raid_gap: {min: 10.0, max: 20.0}\n",
        ["FILE:5: factors.rules.islamic_state.raid_gap: needs 'levels' (or 'values') in a factorial design"],
    ),
    "too_many_levels": (
        HEAD + "design: factorial\nfactors:\n  rules.islamic_state.raid_gap: {levels: 9999999999}\n",
        ["FILE:5: factors.rules.islamic_state.raid_gap.levels: should be at most 100,000, is 1e+10"],
    ),
    "one_level": (
        HEAD + "design: factorial\nfactors:\n  rules.islamic_state.raid_gap: {levels: 1}\n",
        ["FILE:5: factors.rules.islamic_state.raid_gap.levels: should be at least 2, is 1"],
    ),
    "triangle_without_mode": (
        HEAD + "design: {type: lhs, points: 9}\nfactors:\n  rules.islamic_state.raid_gap: {dist: triangular}\n",
        ["FILE:5: factors.rules.islamic_state.raid_gap.mode: a triangular distribution needs a mode between min and max"],
    ),
    "log_of_zero": (
        HEAD + "design: {type: lhs, points: 9}\nfactors:\n  rules.drop.heli_n: {scale: log}\n",
        ["FILE:5: factors.rules.drop.heli_n.scale: a log scale needs min above 0, is 0"],
    ),
    "unknown_design": (HEAD + "design: {type: latin, points: 9}\n" + ONE,
        ["FILE:3: design.points: is not read by a design of type 'factorial'",
         "FILE:3: design.type: no such choice as 'latin'; allowed: factorial, lhs, morris, nested, oat, random, sobol, table"]),
    "lhs_without_points": (HEAD + "design: lhs\n" + ONE, ["FILE:3: design: needs 'points'"]),
    "sobol_base": (HEAD + "design: {type: sobol, base: 100}\n" + ONE,
        ["FILE:3: design.base: 100 is not a power of two: take 64 or 128"]),
    "sobol_filtered": (
        HEAD + "design: {type: sobol, base: 64}\nwhere: rules.islamic_state.raid_gap > 12\n" + ONE,
        ["FILE:4: where: a design of type 'sobol' needs all its points; narrow the factors instead"],
    ),
    "no_factors": (HEAD + "design: {type: random, points: 5}\n", ["FILE:3: design: a design of type 'random' needs 'factors:'"]),
    "too_many": (
        HEAD + "design: {type: lhs, points: 1000000}\nreplicates: 100\n" + ONE,
        ["FILE:3: design: would be 100,000,000 runs, more than 5,000,000; take 'type: lhs', or fewer levels"],
    ),
    "no_table": (HEAD + "design: {type: table, file: none.csv}\n",
        ["FILE:3: design.file: 'none.csv' cannot be read: No such file or directory"]),
    "table_without_file": (HEAD + "design: table\n", ["FILE:3: design: needs a 'file'"]),
    "nested_without_anything": (
        HEAD + "design: nested\n", ["FILE:3: design: a nested design needs 'policies:' and 'worlds:' (or 'factors:')"]),
    "world_without_scenario": (
        HEAD + "design: nested\npolicies: {usual: {}}\nworlds:\n  other: {scenario: skirmsh}\n",
        ["FILE:6: worlds.other.scenario: no such scenario; did you mean 'skirmish'?"],
    ),
    "nothing_left": (
        HEAD + "design: factorial\nwhere: rules.islamic_state.raid_gap > 90\n" + ONE,
        ["FILE:4: where: takes away all 2 points; nothing is left to run"],
    ),
    "policies_without_nesting": (
        HEAD + "design: factorial\npolicies: {usual: {}}\n" + ONE,
        ["FILE:4: policies: is read with 'design: {type: nested}' only"],
    ),
    "where_is_code": (
        HEAD + "design: factorial\nwhere: __import__('os').system('true')\n" + ONE,
        ["FILE:4: where: '__import__('os').system('true')' should read like 'name >= 3', several joined by 'and'"],
    ),
    "where_unknown": (
        HEAD + "design: factorial\nwhere: rules.air.ru_sorties > 3\n" + ONE,
        ["FILE:4: where: 'rules.air.ru_sorties' is not varied by this sweep"],
    ),
    "replicates_word": (HEAD + "design: factorial\nreplicates: many\n" + ONE, [
        "FILE:4: replicates: should be a mapping (key: value)",
        "FILE:4: replicates: should be a number, or {min, max, until: {outcome, half_width}} with half_width > 0"]),
    "seed_twice": (HEAD + "design: factorial\nreplicates: [1, 2, 1]\n" + ONE, ["FILE:4: replicates: a seed is given twice"]),
    "until_nothing": (
        HEAD + "design: factorial\nreplicates: {min: 4, max: 9, until: {outcome: survivd, half_width: 0.1}}\n" + ONE,
        ["FILE:4: replicates.until: the model makes no 'survivd'; did you mean 'survived'?"],
    ),
    "no_such_outcome": (
        HEAD + "design: factorial\noutcomes: [survived, siege.garison]\n" + ONE,
        ["FILE:4: outcomes: the model makes no 'siege.garison'; did you mean 'siege.garrison'?"],
    ),
    "no_such_measure": (
        HEAD + "design: factorial\nrecord: {series: {measures: [enclave.foood]}}\n" + ONE,
        ["FILE:4: record.series.measures: the model makes no 'enclave.foood'; did you mean 'enclave.food_t'?"],
    ),
    "no_such_stop": (
        HEAD + "design: factorial\nstop_when: [relif]\n" + ONE,
        ["FILE:4: stop_when: 'relif' should read like 'name >= 3', several joined by 'and', or be the name of a milestone"],
    ),
    "timeout_without_unit": (
        HEAD + "design: factorial\nlimits: {run_timeout: 120, run_memory: lots}\n" + ONE,
        ["FILE:4: limits.run_memory: should read like 500MB or 2GB, not 'lots'",
         "FILE:4: limits.run_timeout: should read like 120s or 5min, not 120"],
    ),
    "days_and_turns": (
        HEAD + "design: factorial\ndays: 5\nturns: {max: 20}\n" + ONE,
        ["FILE:4: days: give 'days' or 'turns', not both"],
    ),
    "set_and_varied": (
        HEAD + "design: factorial\nset: {rules.islamic_state.raid_gap: 12.0}\n" + ONE,
        ["FILE:4: set.rules.islamic_state.raid_gap: is varied under 'factors' as well; give it once"],
    ),
    "several_at_once": (
        HEAD + "design: {type: lhs, points: few}\nseed: x\nfactors:\n  rules.air.ru_sortis: {}\n",
        ["FILE:3: design.points: should be a whole number, not 'few'",
         "FILE:4: seed: should be a whole number, not 'x'",
         "FILE:6: factors.rules.air.ru_sortis: the scenario has no such parameter; did you mean 'rules.air.ru_sorties'?"],
    ),
}  # fmt: skip
