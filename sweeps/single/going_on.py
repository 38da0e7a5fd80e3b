"""A run that goes on from a turn of an earlier one: as it went, or from there by other settings (what if?).

First the run is played again up to the turn without writing anything, and held against the digests and the recorded picture
of that turn; only if all agree, and the settings can change there, the new folder is begun and the run recorded from its start.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from agents.muster import muster
from model.account.frame import Frame
from model.account.outcome import Outcome
from model.campaign import Campaign
from model.configuration.loading import load
from model.configuration.problems import COMMAND_LINE, ConfigProblems, Problem
from model.recording import Recording, same
from sweeps.single.checkpoint import Branch
from sweeps.single.headless import run
from sweeps.single.new_course import MAY_CHANGE, change_course
from sweeps.single.origin import Origin, origin, plain
from sweeps.storage import OutputProblem


def go_on(
    words: str, settings: Sequence[str], out: Path | None, *, progress: bool = False, turns: int | None = None, every: int = 0
) -> Outcome:
    """Play on from a turn of an earlier run and return what came of it; `settings` hold from that turn.

    Raises
    ------
    OutputProblem, RecordingError, ConfigProblems
        If there is no such turn, the run does not come there again bit by bit, or a setting cannot change in mid-run.
    """
    came, new = origin(words), tuple(settings)
    _refuse_what_is_settled(new)
    if out is not None and out.resolve() == came.folder.resolve():
        msg = f"{out}: is the run itself; name another folder"
        raise OutputProblem(msg)
    probe = _verified(came)
    digest = probe.digest()
    branches = came.branches + ((Branch(turn=came.turn, overrides=list(new), of=words, digest=digest),) if new else ())
    if new:
        change_course(probe, load(came.source, came.settings(came.turn, new)), new)
    campaign = muster(came.scenario, came.seed)
    last = None if turns is None else came.turn + turns
    return run(
        campaign, out, progress=progress, turns=last, overrides=came.overrides, every=every,
        branches=plain(branches), turning=turning(campaign, came, branches),
    )  # fmt: skip


def turning(campaign: Campaign, came: Origin, branches: Sequence[Branch]) -> Callable[[Frame], None]:
    """Return what changes a campaign's course, once the picture of the turn of a branch has been taken."""

    def turn(frame: Frame) -> None:
        for number, branch in enumerate(branches):
            if branch.turn == frame.turn:
                given = [setting for earlier in branches[: number + 1] for setting in earlier.overrides]
                change_course(campaign, load(came.source, (*came.given, *given)), tuple(branch.overrides))

    return turn


def _verified(came: Origin) -> Campaign:
    """Return the run at its turn, played again; OutputProblem if it does not come to the same state."""
    campaign = muster(came.scenario, came.seed)
    if came.turn > campaign.turns_planned:
        msg = f"{came.named}: the scenario ends after turn {campaign.turns_planned}"
        raise OutputProblem(msg)
    turn = turning(campaign, came, came.branches)
    while True:
        frame = campaign.frame()  # each turn, as when it was recorded: the theatre is looked at when first asked for on a day
        _hold_against(campaign, came, frame)
        turn(frame)
        if campaign.turn >= came.turn or campaign.over:
            break
        campaign.step()
    if campaign.turn != came.turn:
        raise OutputProblem(_apart(came, campaign.turn))
    return campaign


def _hold_against(campaign: Campaign, came: Origin, frame: Frame) -> None:
    wanted = came.digests.get(campaign.turn)
    if wanted is not None and campaign.digest() != wanted:
        raise OutputProblem(_apart(came, campaign.turn))
    if campaign.turn == came.turn and came.recording is not None:
        with Recording(came.recording) as recording:
            place = recording.index_at(came.turn)
            if recording.turns[place] == came.turn and not same(recording.frame(place), frame):
                raise OutputProblem(_apart(came, campaign.turn))


def _apart(came: Origin, turn: int) -> str:
    return f"{came.named}: played again, the run is another one by turn {turn}{came.changed_code()}; nothing was written"


def _refuse_what_is_settled(settings: Sequence[str]) -> None:
    """Refuse what can be seen to be settled by its path alone."""
    paths = [setting.partition("=")[0].strip() for setting in settings]
    wrong = [path for path in paths if path.partition(".")[0] not in MAY_CHANGE]
    if wrong:
        message = f"cannot change in mid-run; what can: {', '.join(MAY_CHANGE)} (inputs that are still to come)"
        raise ConfigProblems([Problem(COMMAND_LINE, 0, path or "''", message) for path in wrong])
