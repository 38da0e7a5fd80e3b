"""What can be wrong with a recording."""

import struct
import zlib


class RecordingError(Exception):
    """A file or a message is no recording of ours, or is damaged; the message says where."""


MALFORMED = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError, struct.error, zlib.error)
"""Everything that reading damaged bytes can raise (json's and Unicode's errors are ValueErrors)."""
