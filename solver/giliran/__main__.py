"""`python -m giliran`."""

import sys

from giliran.cli import main

sys.exit(main())
