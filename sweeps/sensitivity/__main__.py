"""`python -m sweeps.sensitivity`."""

import sys

from sweeps.sensitivity.command import main

if __name__ == "__main__":
    sys.exit(main())
