"""One path from a client to a server, every step with its proof."""

import argparse

from pgtopo.cli import estate, exit_codes, options, output, terminal
from pgtopo.reports import registry as formats

NAME = "trace"
HELP = "can this client reach that server: one path, every step"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, the two ends, and the document."""
    options.add_files(parser)
    parser.add_argument(
        "--from",
        dest="client",
        required=True,
        metavar="CLIENT",
        help="id or name of a VM, interface, subnet or network; NETWORK/SUBNET; IP or CIDR;"
        " onprem:CIDR; internet or internet:IP",
    )
    parser.add_argument(
        "--to",
        dest="server",
        required=True,
        metavar="SERVER",
        help="id, name or full host name of a server",
    )
    options.add_port(parser)
    options.add_client_dns(parser)
    parser.add_argument(
        "--strict", action="store_true", help="leave with 5 where the verdict stayed unknown"
    )
    options.add_full_ids(parser)
    options.add_output(parser, formats.formats("trace"))


def run(args: argparse.Namespace) -> int:
    """Trace, write the document, and leave with what it means."""
    from pgtopo.reports.trace import document

    session = estate.opened(args)
    target, path = session.trace(
        args.client, args.server, port=args.port, client_dns=args.client_dns
    )
    opened = session.path_fixes(
        args.client, args.server, port=args.port, client_dns=args.client_dns
    )
    content = document.build(session.facts, target, path, opened)
    render = formats.renderer("trace", args.format).render
    style = terminal.style(args.output, has_full_ids=args.full_ids)
    output.write(render(content, style), args.output)
    verdicts = {part.verdict for part in content.parts}
    if "blocked" in verdicts:
        return exit_codes.FOUND
    return exit_codes.OPEN if args.strict and "unknown" in verdicts else exit_codes.FINE
