"""`python -m giliran`."""

import sys

from giliran.cli import main

if __name__ == "__main__":  # worker processes import this, too
    sys.exit(main())
