"""The bundled demo estate: a company with good and broken servers, made up for this purpose."""

import argparse

from pgtopo.cli import output
from pgtopo.cli.commands import tui
from pgtopo.errors import SnapshotError
from pgtopo.session import demo_path

NAME = "demo"
HELP = "open the terminal interface on the bundled demo estate"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether only the path is wanted."""
    parser.add_argument("--path", action="store_true", help="print the snapshot's path instead")


def run(args: argparse.Namespace) -> int:
    """Print the path, or open the interface."""
    estate = demo_path()
    if not estate:
        raise SnapshotError("the demo estate is missing here", "install pgtopo again")
    if args.path:
        output.write_text(estate)
        return 0
    return tui.open_interface([estate], assume_complete=False)
