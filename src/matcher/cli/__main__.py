"""``python -m matcher.cli``: the command line without an installed script."""

import sys

from matcher.cli import main

sys.exit(main())
