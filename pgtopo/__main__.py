"""Starts the command line when the package is run."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from pgtopo.cli.main import main as run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
