"""What can go wrong with a view; each carries one clear line. Free of pygame, so that the command line may name them."""


class FeedError(RuntimeError):
    """The run could not even be opened; the text says why."""


class SdlError(RuntimeError):
    """The view cannot start; the text says why and what to do."""


class VideoError(RuntimeError):
    """The film could not be written; the text says why."""
