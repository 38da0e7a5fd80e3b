"""Plain files of limited size: what is read from outside can neither fill the memory nor keep one waiting (a pipe, a device)."""

import errno
from pathlib import Path


def bytes_of(path: Path, most: int) -> bytes:
    """Return what a plain file of at most `most` bytes holds.

    Raises
    ------
    OSError
        If it cannot be read, is no plain file, or is larger; `strerror` says which.
    """
    try:
        if not path.exists():
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))
        if not path.is_file():
            raise OSError(errno.EINVAL, "is a folder" if path.is_dir() else "is not a plain file", str(path))
        if path.stat().st_size > most:
            raise OSError(errno.EFBIG, f"is larger than {most / 1e6:g} MB", str(path))
        with path.open("rb") as file:
            return file.read(most + 1)
    except ValueError as wrong:  # a name that no file can have
        raise OSError(errno.EINVAL, str(wrong), repr(str(path))) from None


def text_of(path: Path, most: int, encoding: str = "utf-8") -> str:
    """Return the text of such a file (UnicodeDecodeError if it is none)."""
    return bytes_of(path, most).decode(encoding)


def is_file(path: Path) -> bool:
    """Tell whether there is a file of this name; there is none of a name that no file can have."""
    try:
        return path.is_file()
    except (OSError, ValueError, RuntimeError):
        return False


def is_there(path: Path) -> bool:
    """Tell whether there is a file or folder of this name; there is none of a name that no file can have."""
    try:
        return path.resolve().exists()
    except (OSError, ValueError, RuntimeError):  # too long, with a NUL in it, a link to itself
        return False
