"""Applies a change to a copy of the estate and tells what it does."""

import argparse

from pgtopo.cli import estate, exit_codes, options, output, terminal
from pgtopo.reports import registry as formats

NAME = "whatif"
HELP = "apply a change to a copy: which verdicts and findings change"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, the patch, the port, and the document."""
    options.add_files(parser)
    options.takes_file(
        parser.add_argument(
            "--apply",
            required=True,
            metavar="PATCH",
            help="a pgtopo.patch/1 JSON file, such as fixes[].patch of a check document",
        )
    )
    options.add_port(parser)
    options.add_output(parser, formats.formats("whatif"))


def run(args: argparse.Namespace) -> int:
    """Write what the change does; nothing is changed in Azure."""
    from pgtopo.reports.whatif import document
    from pgtopo.session import read_patch

    patch = read_patch(args.apply)
    session = estate.opened(args)
    found = session.whatif(patch, port=args.port)
    content = document.build(session.topology, found)
    render = formats.renderer("whatif", args.format).render
    output.write(render(content, terminal.style(args.output)), args.output)
    estate.tell_size(session)
    return exit_codes.FINE
