"""What every server's name resolves to in every network."""

import argparse

from pgtopo.cli import estate, exit_codes, options, output, terminal
from pgtopo.reports import registry as formats

NAME = "dns"
HELP = "what every server's name resolves to in every network"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files and the document."""
    options.add_files(parser)
    options.add_output(parser, formats.formats("grid"))


def run(args: argparse.Namespace) -> int:
    """Write every network against every server."""
    from pgtopo.reports.grid import names

    session = estate.opened(args)
    grid = names.build(session.topology, session.dns())
    render = formats.renderer("grid", args.format).render
    output.write_parts(render(grid, terminal.style(args.output)), args.output)
    estate.tell_size(session)
    return exit_codes.FINE
