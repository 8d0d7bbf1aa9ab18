"""Every client subnet against every server."""

import argparse

from pgtopo.cli import estate, exit_codes, options, output, terminal
from pgtopo.reports import registry as formats

NAME = "matrix"
HELP = "every client subnet against every server"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, the port, and the document."""
    options.add_files(parser)
    options.add_port(parser)
    parser.add_argument("--summary", action="store_true", help="counts instead of cells")
    options.add_output(parser, formats.formats("grid"))


def run(args: argparse.Namespace) -> int:
    """Write every client subnet against every server, or only how many fare how."""
    session = estate.opened(args)
    found = session.matrix(port=args.port)
    style = terminal.style(args.output)
    if args.summary:
        render = formats.renderer("matrix_summary", args.format).render
        output.write(render(found.summary(), style), args.output)
    else:
        from pgtopo.reports.grid import reach

        render = formats.renderer("grid", args.format).render
        output.write_parts(render(reach.build(session.facts, found), style), args.output)
    estate.tell_size(session)
    return exit_codes.FINE
