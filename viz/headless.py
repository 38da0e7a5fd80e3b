"""Watching without a window: a film and a picture of a campaign, drawn by the same code."""

from collections.abc import Iterator
from pathlib import Path

from model.frame import Frame
from viz.live import Play
from viz.picture import picture
from viz.video import Film, video

DAYS = 45
"""Days that the film shows unless a last turn is given."""


def film_and_picture(
    campaign: Play, folder: Path, screenshot: Path | None, record: Path | None, turn: int | None, view: str
) -> Iterator[str]:
    """Write a picture, a film, or (if neither is named) both into a folder; yield a sentence for each.

    Parameters
    ----------
    turn
        Turn of the picture and last turn of the film; by default the film shows 45 days.
    """
    opening = campaign.opening()
    last = turn if turn is not None else DAYS * 24 // opening.turn_h
    both = screenshot is None and record is None
    seen = _frames(campaign, last)
    if record or both:
        target = record or folder / f"{opening.scenario}.mp4"
        kept: list[Frame] = []
        yield video(_keeping(seen, kept), target, opening=opening, theatre=campaign.theatre, film=Film(view=view))
        end = kept[-1]
    else:
        *_, end = seen
    if screenshot or both:
        path = picture(opening, campaign.theatre, end, screenshot or folder / f"{opening.scenario}.png", view=view)
        yield f"picture of {end.when:%d %B %Y} written to {path}"


def _frames(campaign: Play, last: int) -> Iterator[Frame]:
    frame = campaign.frame()
    yield frame
    while frame.turn < last and not frame.over:
        campaign.step()
        frame = campaign.frame()
        yield frame


def _keeping(frames: Iterator[Frame], kept: list[Frame]) -> Iterator[Frame]:
    for frame in frames:
        kept[:] = [frame]
        yield frame
