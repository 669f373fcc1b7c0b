"""python -m calmtray"""

import sys

from calmtray.cli import main

sys.exit(main())
