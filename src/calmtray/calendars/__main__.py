"""python -m calmtray.calendars: a question in, the answer out, and nothing said besides.

Warnings and tracebacks would show what stands in somebody's calendar to whoever reads a log.
"""

import os
import sys
import warnings

from calmtray.calendars.bounds import keep_within_bounds


def main() -> int:
    """Answer the question; the exit status says no more than the answer."""
    keep_within_bounds()
    warnings.simplefilter("ignore")
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - until the process ends
    from calmtray.calendars.asking import read_question
    from calmtray.calendars.reading import answer

    for line in answer(read_question(sys.stdin.buffer.read())):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
