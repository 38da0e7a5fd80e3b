"""One turn: the table of contents of the game. All decide on the same picture, then the laws resolve together."""

from typing import TYPE_CHECKING

from model.rules import (
    advance,
    air,
    airdrop,
    attrition,
    battle_groups,
    boats,
    calendar,
    captives,
    casualties,
    civilians,
    clearing,
    communications,
    control,
    cooperation,
    crossing,
    desertion,
    digging,
    drones,
    economy,
    harassment,
    infiltration,
    milestones,
    morale,
    movement,
    other_fronts,
    overrun,
    pursuit,
    raids,
    reconnaissance,
    rubble,
    sharing,
    siege,
    sighting,
    supply,
    svbied,
    tribes,
    weather,
    withdrawal,
)

if TYPE_CHECKING:
    from model.campaign import Campaign


def play(campaign: "Campaign") -> None:  # noqa: PLR0915 (a table of contents is as long as the turn)
    """Play one WEGO turn."""
    weather.turn(campaign)
    calendar.open(campaign)
    casualties.recover(campaign)
    other_fronts.call(campaign)
    economy.earn(campaign)
    sighting.report(campaign)
    reconnaissance.report(campaign)
    sharing.share(campaign)
    for commander in campaign.commanders:
        commander.look()
    for commander in campaign.commanders:
        commander.decide()
    air.strike(campaign)
    airdrop.drop(campaign)
    cooperation.keep_terms(campaign)
    movement.march(campaign)
    boats.row_over(campaign)
    crossing.cross(campaign)
    infiltration.slip_through(campaign)
    battle_groups.form(campaign)
    svbied.build(campaign)
    svbied.drive(campaign)
    attrition.fight(campaign)
    rubble.fall(campaign)
    harassment.shell(campaign)
    drones.fly(campaign)
    advance.press(campaign)
    overrun.finish(campaign)
    morale.settle(campaign)
    desertion.leave(campaign)
    withdrawal.give_up(campaign)
    pursuit.chase(campaign)
    pursuit.flee(campaign)
    captives.put_to_death(campaign)
    control.update(campaign)
    digging.dig(campaign)
    raids.raid(campaign)
    clearing.comb(campaign)
    siege.encircle(campaign)
    supply.issue(campaign)
    communications.watch(campaign)
    civilians.live(campaign)
    tribes.live(campaign)
    milestones.record(campaign)
