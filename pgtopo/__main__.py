"""Starts the command line when the package is run."""

import os
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit code.

    The interpreter is left at once: taking a large estate apart object by object would take
    seconds, and everything that had to be written was written.
    """
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
