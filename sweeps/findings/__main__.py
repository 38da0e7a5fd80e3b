"""`python -m sweeps.findings DIR`."""

import sys

from sweeps.findings.command import main

if __name__ == "__main__":
    sys.exit(main())
