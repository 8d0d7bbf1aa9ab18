"""Starts the command line when the package is run."""

import gc
import os
import sys

INTERRUPTED = 130
_FEWER = (100_000, 20, 20)
"""Modules are many objects that stay: looking for garbage among them as often as is usual would be
a tenth of what a short command costs."""


def main() -> None:
    """Run the command line and leave with its exit code.

    The interpreter is left at once: taking a large estate apart object by object would take
    seconds, and everything that had to be written was written.
    """
    gc.set_threshold(*_FEWER)
    try:
        from pgtopo.cli import ending

        ending.heed()
        from pgtopo.cli.main import main as run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # while modules were still being loaded
        code = INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            continue
    os._exit(code)


if __name__ == "__main__":
    main()
