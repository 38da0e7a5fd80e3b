"""Watching without a window: a film and a picture of a campaign, drawn by the same code."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from model.account.frame import Frame
from viz.feeds.live import Play
from viz.output.picture import Shot, picture
from viz.output.video import Film, video
from viz.themes import THEMES

DAYS = 45
"""Days that the film shows unless a last turn is given."""


def film_and_picture(
    campaign: Play, folder: Path, screenshot: Path | None, record: Path | None, turn: int | None, shown: tuple[str, str]
) -> Iterator[str]:
    """Write a picture, a film, or (if neither is named) both into a folder; yield a sentence for each.

    Parameters
    ----------
    turn
        Turn of the picture and last turn of the film; by default the film shows 45 days.
    shown
        What is shown ("theatre" or "city"), and the name of the theme.
    """
    opening, view, theme = campaign.opening(), shown[0], THEMES[shown[1]]
    last = turn if turn is not None else DAYS * 24 // opening.turn_h
    both = screenshot is None and record is None
    told: list[Frame] = []
    seen = _told(_frames(campaign, last), told)
    if record or both:
        target = record or folder / f"{opening.scenario}.mp4"
        yield video(seen, target, opening=opening, theatre=campaign.theatre, film=Film(view=view, theme=theme))
    else:
        deque(seen, maxlen=0)
    if screenshot or both:
        target = screenshot or folder / f"{opening.scenario}.png"
        path = picture(opening, campaign.theatre, told[-1], target, Shot(view=view, theme=theme), history=told)
        yield f"picture of {told[-1].when:%d %B %Y} written to {path}"


def _frames(campaign: Play, last: int) -> Iterator[Frame]:
    frame = campaign.frame()
    yield frame
    while frame.turn < last and not frame.over:
        campaign.step()
        frame = campaign.frame()
        yield frame


def _told(frames: Iterator[Frame], told: list[Frame]) -> Iterator[Frame]:
    """Pass frames on, and keep what they tell; only the last keeps its map and units."""
    for frame in frames:
        if told:
            told[-1] = replace(told[-1], units=told[-1].units[:0], control=told[-1].control[:0])
        told.append(frame)
        yield frame
