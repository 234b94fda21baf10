from __future__ import annotations

import pytest

from lessons.lab import FIRST, LAYERS, choice, scenario_of, settings, widths


def test_a_new_lab_is_the_well_known_exercise_from_zero() -> None:
    scenario = scenario_of({})
    assert scenario.hidden == (10, 5)
    assert scenario.weights == ("zeros",) * 3
    assert scenario.split().train.size == 300
    assert not any(layer.W.any() for layer in scenario.network(scenario.split()).layers)


@pytest.mark.parametrize("hidden", LAYERS)
def test_every_choice_of_every_setting_makes_a_network(hidden: str) -> None:
    for setting in settings({"hidden": hidden}):
        for chosen in setting.choices:
            now = {"hidden": hidden, setting.key: chosen}
            assert choice(now, setting) == chosen
            scenario = scenario_of(now)
            network = scenario.network(scenario.split())
            assert network.sizes == (2, *widths(now), 1)
            scenario.update_rule()


def test_a_layer_more_has_weights_to_choose() -> None:
    keys = {hidden: [each.key for each in settings({"hidden": hidden})] for hidden in LAYERS}
    assert [key for key in keys["10, 5"] if key.startswith("weights")] == [
        "weights 1",
        "weights 2",
        "weights 3",
    ]
    assert [key for key in keys["none"] if key.startswith("weights")] == ["weights 1"]
    assert "activation" not in keys["none"], "there is no hidden unit"


def test_every_first_choice_can_be_chosen() -> None:
    for setting in settings({}):
        assert FIRST[setting.key.split()[0]] in setting.choices


def test_flipped_labels_are_not_balanced() -> None:
    assert scenario_of({"labels": "30 flipped"}).split().train.y.sum() == 120
