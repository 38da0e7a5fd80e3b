"""`python -m sweeps.findings DIR [--lifelines DIR] [--channels DIR]`: docs/FINDINGS.md and its pictures from finished sweeps."""

import argparse
import sys
from pathlib import Path

from sweeps.findings import document, pictures
from sweeps.findings.channels import channels
from sweeps.findings.evidence import QUESTIONS, Evidence
from sweeps.marked_page import filled
from sweeps.report.reading import DEAD, SURVIVED, read
from sweeps.storage import OutputProblem, StorageFailed, write_whole

DOCS = Path(__file__).parents[2] / "docs"
BY_CHANNEL = (DEAD, SURVIVED, "relief", "torgau")


def main(words: list[str] | None = None) -> int:
    """Write what the folders say; 0 done, 2 a folder or page cannot be used, 7 the disk refused."""
    asked = argparse.ArgumentParser(prog="python -m sweeps.findings", description=__doc__)
    asked.add_argument("folder", type=Path, metavar="DIR", help="folder of the headline sweep")
    asked.add_argument("--channels", type=Path, metavar="DIR", help="folder of the sweep by channel")
    asked.add_argument("--lifelines", type=Path, metavar="DIR", help="folder of the sweep that takes flights and column away")
    asked.add_argument("--docs", type=Path, default=DOCS, metavar="DIR", help="where FINDINGS.md and images/findings stand")
    given = asked.parse_args(words)
    try:
        write(given.folder, given.channels, given.lifelines, given.docs)
    except (OutputProblem, StorageFailed) as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    print(f"written to {given.docs}: FINDINGS.md, images/findings")
    return 0


def write(folder: Path, by_channel: Path | None, without: Path | None, docs: Path) -> None:
    """Write pictures and page."""
    page, images = docs / "FINDINGS.md", docs / "images" / "findings"
    evidence = Evidence(read(folder))
    if not evidence.levers or not evidence.sweep.besieged:
        msg = f"{folder}: nothing is varied, or there is no siege to tell of"
        raise OutputProblem(msg)
    images.mkdir(parents=True, exist_ok=True)
    command = f"python -m sweeps.findings {_shown(folder)}"
    blocks = document.blocks_of(evidence, command)
    drawn = {name: getattr(pictures, name)(evidence) for name in ("first", "torgau", "civilians")}
    if by_channel is not None:
        blocks["channels"], drawn["channels"] = _channels(by_channel, f"{command} --channels {_shown(by_channel)}")
    if without is not None:
        left = Evidence(read(without))
        told = document.lifelines(left, f"{command} --lifelines {_shown(without)}")
        blocks["lifelines"] = f"{told}\n\n![How long it holds without them](images/findings/lifelines.png)"
        drawn["lifelines"] = pictures.holds(left)
    for name, content in drawn.items():
        write_whole(images / f"{name}.png", content)
    text = page.read_text(encoding="utf-8") if page.exists() else document.SKELETON.read_text(encoding="utf-8")
    write_whole(page, filled(text, blocks, kind="findings", where="docs/FINDINGS.md").encode())


def _channels(folder: Path, command: str) -> tuple[str, bytes]:
    evidence = Evidence(read(folder))
    found = [(name, QUESTIONS[name][0], channels(evidence, name)) for name in BY_CHANNEL if evidence.has(name)]
    if not found or not found[0][2]:
        msg = f"{folder}: is no sweep by channel (policies nobody_helps and full_help)"
        raise OutputProblem(msg)
    text = document.by_channel(found, command, len(evidence.sweep.runs))
    picture = pictures.channels([(words, parts) for _, words, parts in found])
    return f"{text}\n\n![By channel](images/findings/channels.png)", picture


def _shown(folder: Path) -> str:
    """Return a folder as the page names it: never with the place of this machine."""
    return f"runs/{folder.name}"
