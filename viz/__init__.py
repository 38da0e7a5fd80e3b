"""The view: draws Frames with pygame-ce, decides nothing."""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
