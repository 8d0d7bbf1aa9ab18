"""One check in full: what it compares, why that matters, how to confirm and mend it."""

import argparse

from pgtopo.cli import exit_codes, options, output, terminal
from pgtopo.reports import registry as formats

NAME = "explain"
HELP = "explain one check in full"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which check."""
    parser.add_argument(
        "check", metavar="CHECK", help="check id or slug, as in PGT103; or a family, as in dns"
    )
    options.add_output(parser, formats.formats("explanation"))


def run(args: argparse.Namespace) -> int:
    """Write everything there is to read about the check; of a family, one line per check."""
    from pgtopo.checks.registry import catalogue
    from pgtopo.checks.selection import find, is_family, named

    style = terminal.style(args.output)
    if is_family(args.check):
        listed = formats.renderer("catalogue", args.format).render
        output.write(listed(named(catalogue(), args.check), style), args.output)
        return exit_codes.FINE
    check = find(catalogue(), args.check)
    render = formats.renderer("explanation", args.format).render
    output.write(render(check, style), args.output)
    return exit_codes.FINE
