"""Contents that no file should have: what a file is replaced by, and how a good one is spoilt."""

import random  # noqa: TID251 (contents of a test, not chance of a run)
import re

_BOMB = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(['*' + before] * 8)}]\n" for before, name in zip("abcdefg", "bcdefgh", strict=True)
)
JUNK = {
    "empty": b"", "binary": bytes(range(256)) * 40, "zeros": bytes(100), "utf-16": b"\xff\xfe{\x00", "not utf-8": b"\xed\xa0\x80",
    "lists in lists": b"[" * 100_000, "mappings in mappings": b'{"a":' * 100_000, "blocks in blocks": b"- " * 100_000,
    "nan": b".nan", "NaN": b"NaN", "infinite": b"1e400", "digits": b"9" * 100_000, "list": b"[]", "null": b"null", "number": b"3",
    "text": b'"x"', "mapping": b"{}", "bomb": _BOMB.encode(), "circle": b"a: &a [*a]", "merge": b"<<: {a: 1}",
    "twice": b"a: 1\na: 2",
    "newer": b'{"format": 9}', "hollow": b'{"format": 1}', "tag": b'!!python/object/apply:os.system ["true"]',
}  # fmt: skip


def spoilt(content: bytes, seed: int) -> dict[str, bytes]:
    """Return a good file in bad shapes: junk in its place, cut short, with flipped bytes, with a senseless number."""
    dice = random.Random(seed)
    found = dict(JUNK)
    for place in {1, len(content) // 2, max(0, len(content) - 1)}:
        found[f"cut at {place}"] = content[:place]
    for number in range(4):
        flipped = bytearray(content)
        for _ in range(3 if content else 0):
            flipped[dice.randrange(len(flipped))] = dice.randrange(256)
        found[f"flipped {number}"] = bytes(flipped)
    text = content.decode("utf-8", "ignore")
    numbers = list(re.finditer(r"(?<![\w.])\d+(\.\d+)?(?![\w.])", text))
    for value in ("1e400", "-1", "9" * 5000, ".nan", '"x"', "[]") if numbers else ():
        at = dice.choice(numbers)
        found[f"number {value[:6]}"] = (text[: at.start()] + value + text[at.end() :]).encode()
    return found
