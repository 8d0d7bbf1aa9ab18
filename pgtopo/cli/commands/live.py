"""Opens the terminal interface on live data."""

import argparse

from pgtopo.cli import scope_options
from pgtopo.cli.commands import tui
from pgtopo.session import read_settings

NAME = "live"
HELP = "open the terminal interface on live data from Azure"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to ask, as whom, and whether the result is kept."""
    scope_options.add_scope(parser)
    scope_options.add_login(parser)
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="neither show what was kept from the last run nor keep anything for the next",
    )


def run(args: argparse.Namespace) -> int:
    """Open the interface and stay until it is left; Azure is asked behind its screen."""
    request = scope_options.request_of(args, read_settings().scope)
    return tui.open_interface([], assume_complete=False, request=request, is_kept=not args.no_cache)
