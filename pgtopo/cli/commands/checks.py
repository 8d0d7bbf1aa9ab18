"""The catalogue of checks."""

import argparse

from pgtopo.cli import exit_codes, options, output, terminal
from pgtopo.reports import registry as formats

NAME = "checks"
HELP = "list the checks there are"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which checks, in which format."""
    options.add_selection(parser)
    options.add_output(parser, formats.formats("catalogue"))


def run(args: argparse.Namespace) -> int:
    """Write the catalogue."""
    from pgtopo.checks.registry import catalogue
    from pgtopo.checks.selection import selected

    chosen = selected(catalogue(), args.select, args.ignore)
    render = formats.renderer("catalogue", args.format).render
    output.write(render(chosen, terminal.style(args.output)), args.output)
    return exit_codes.FINE
