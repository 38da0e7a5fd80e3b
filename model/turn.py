"""One turn: the table of contents of the game. All decide on the same picture, then the laws resolve together."""

from typing import TYPE_CHECKING

from model.rules import (
    absence,
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
    surprise,
    svbied,
    tribes,
    weather,
    withdrawal,
)

if TYPE_CHECKING:
    from model.campaign import Campaign


def play(campaign: "Campaign") -> None:  # noqa: C901, PLR0915 (a table of contents is as long as the turn)
    """Play one WEGO turn."""
    morning = campaign.morning
    if morning:
        weather.turn(campaign)
        calendar.open(campaign)
        casualties.recover(campaign)
        other_fronts.call(campaign)
        economy.earn(campaign)
    sighting.report(campaign)
    absence.notice(campaign)
    if morning:
        reconnaissance.report(campaign)
        sharing.share(campaign)
    for commander in campaign.commanders:
        commander.look()
    for commander in campaign.commanders:
        commander.decide()
    air.strike(campaign)
    if morning:
        airdrop.drop(campaign)
    cooperation.keep_terms(campaign)
    movement.march(campaign)
    boats.row_over(campaign)
    crossing.cross(campaign)
    infiltration.slip_through(campaign)
    battle_groups.form(campaign)
    surprise.cover(campaign)
    svbied.build(campaign)
    svbied.drive(campaign)
    attrition.fight(campaign)
    rubble.fall(campaign)
    if morning:
        harassment.shell(campaign)
        drones.fly(campaign)
    advance.press(campaign)
    overrun.finish(campaign)
    morale.settle(campaign)
    if morning:
        desertion.leave(campaign)
        withdrawal.give_up(campaign)
    pursuit.chase(campaign)
    pursuit.flee(campaign)
    captives.put_to_death(campaign)
    control.update(campaign)
    digging.dig(campaign)
    if morning:
        raids.raid(campaign)
        clearing.comb(campaign)
        siege.encircle(campaign)
    supply.issue(campaign)
    if morning:
        communications.watch(campaign)
    civilians.live(campaign)
    if morning:
        tribes.live(campaign)
        milestones.record(campaign)
