"""What can go wrong with a view; each carries one clear line. Free of pygame, so that the command line may name them."""


class FeedError(RuntimeError):
    """The run could not even be opened; the text says why."""


class SdlError(RuntimeError):
    """The view cannot start; the text says why and what to do."""


class VideoError(RuntimeError):
    """The film could not be written; the text says why."""


class ScriptError(RuntimeError):
    """A script has lines that mean nothing; the text names each with its file and line."""


class CueError(RuntimeError):
    """What a script asserted does not hold, or cannot be done; the text says which line, and what was found."""
