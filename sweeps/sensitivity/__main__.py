"""`python -m sweeps.sensitivity`."""

from sweeps.sensitivity.ends import main

if __name__ == "__main__":
    main()
