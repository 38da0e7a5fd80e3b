"""Good texts spoilt at random: one, two or four small changes each, drawn by hypothesis so that a finding shrinks."""

import re

from hypothesis import strategies as st

TOKEN = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])|\"[^\"\n]*\"|(?<=: )[a-z_]+(?=[\s,}])")
VALUES = (
    "0", "-1", "1", "99", "1e308", "-1e308", "1e-308", "9999999999", "0.5", "null", "~", "[]", "{}", "x", "''", '"x"', "true",
    "[0, 0]", "0001-01-01", "9999-12-31", "2016-02-30", "[[[]]]", "&a [*a]", "*a", "!!str x", "'\\u202e'", '"\\0"', "الحرس", "١٢",
    "lake", "R", "km", "islamic_state", "../../etc/passwd", ".nan", "-.inf", "0x10", "1_000",
)  # fmt: skip
"""What stands where a value should: nothing, too much, the wrong kind, no number, no day, words of other tables."""


@st.composite
def spoilt_texts(draw, text: str) -> str:
    """Draw a text that differs from a good one in a few places."""
    for _ in range(draw(st.sampled_from([1, 1, 2, 4]))):
        lines = text.split("\n")
        tokens = list(TOKEN.finditer(text))
        match draw(st.integers(0, 4)):
            case 0 | 1 if tokens:
                at = draw(st.sampled_from(tokens))
                text = text[: at.start()] + draw(st.sampled_from(VALUES)) + text[at.end() :]
            case 2:
                del lines[draw(st.integers(0, len(lines) - 1))]
                text = "\n".join(lines)
            case 3:
                lines.insert(draw(st.integers(0, len(lines))), lines[draw(st.integers(0, len(lines) - 1))])
                text = "\n".join(lines)
            case _:
                at = draw(st.integers(0, len(text)))
                text = text[:at] + draw(st.text(max_size=3)) + text[at + draw(st.integers(0, 3)) :]
    return text
