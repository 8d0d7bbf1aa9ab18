"""What really happens from this machine: name, connection, encryption, first word of the server."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from pgtopo.cli import estate, exit_codes, notices, options, output, terminal
from pgtopo.errors import UsageError
from pgtopo.reports import registry as formats

if TYPE_CHECKING:
    from pgtopo.probe.probe import Question

NAME = "probe"
HELP = "connect for real from this machine: name, TCP, TLS, PostgreSQL start-up"
PASSWORD = "PGPASSWORD"  # noqa: S105  the name of libpq's own variable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The host, how to ask, and what to compare with."""
    parser.add_argument(
        "host", metavar="HOST", help="host name or address: only it and DNS are asked"
    )
    options.takes_file(
        parser.add_argument(
            "files",
            nargs="*",
            metavar="FILE",
            help="snapshot or JSON rows: compare what is seen with what they say",
        )
    )
    options.add_complete(parser)
    options.add_port(parser)
    parser.add_argument(
        "--from",
        dest="client",
        metavar="CLIENT",
        help="who this machine is in the files: a name, NETWORK/SUBNET or more, as for trace"
        " (default: by the address it connects from)",
    )
    parser.add_argument(
        "--dns-server",
        type=_server,
        metavar="IP[:PORT]",
        help="ask this DNS server too, and go where it says",
    )
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=5.0,
        metavar="SECONDS",
        help="for each step (default: 5)",
    )
    parser.add_argument(
        "--sslmode",
        choices=["disable", "require", "verify-ca", "verify-full"],
        default="verify-full",
        help="how strict the client to stand for is (default: verify-full)",
    )
    options.takes_file(
        parser.add_argument(
            "--sslrootcert",
            metavar="FILE",
            help="root certificates to trust, not those of this system",
        )
    )
    _add_login(parser)
    options.add_output(parser, formats.formats("probe"))


def _add_login(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--user",
        default="pgtopo_probe",
        help="the user in the start-up message (default: one that does not exist)",
    )
    parser.add_argument("--database", default="postgres", help="default: postgres")
    parser.add_argument(
        "--log-in",
        action="store_true",
        help=f"send the password in {PASSWORD}, over verified encryption only",
    )


def run(args: argparse.Namespace) -> int:
    """Probe, write the document, and leave with whether it got through."""
    from pgtopo import session
    from pgtopo.reports import clock
    from pgtopo.reports.probe import document

    _check(args)
    found = estate.opened(args) if args.files else None
    seen = session.probed(_question(args))
    compared = None
    if found is not None:
        compared = found.compared(seen, args.client)
        if compared is None:
            notices.say(
                "pgtopo: note: not compared: the files have no such server, or this machine's"
                " address says nothing there; name it with --from"
            )
    content = document.build(seen, sslmode=args.sslmode, now=clock.stamp(), compared=compared)
    render = formats.renderer("probe", args.format).render
    output.write(render(content, terminal.style(args.output)), args.output)
    return exit_codes.FINE if seen.verdict == "allowed" else exit_codes.FOUND


def _question(args: argparse.Namespace) -> Question:
    from pgtopo.probe.probe import Question, SslMode
    from pgtopo.probe.startup import Login

    password = os.environ.get(PASSWORD) if args.log_in else None
    return Question(
        host=args.host,
        port=args.port,
        dns_server=args.dns_server,
        limit=args.timeout,
        mode=SslMode(args.sslmode),
        authorities=args.sslrootcert,
        login=Login(user=args.user, database=args.database, password=password),
    )


def _check(args: argparse.Namespace) -> None:
    """Refuse what cannot be meant."""
    if args.log_in and not os.environ.get(PASSWORD):
        raise UsageError("--log-in needs a password", f"put it into {PASSWORD}")
    if args.sslrootcert is not None and not Path(args.sslrootcert).is_file():
        raise UsageError(f"{args.sslrootcert} is no file", "give a file of PEM certificates")
    if args.client is not None and not args.files:
        raise UsageError("--from names somebody in a file, and there is no file", "add FILE")


def _server(text: str) -> tuple[str, int]:
    """A DNS server's address and port; an IPv6 address with a port stands in brackets."""
    from pgtopo.probe.literal import literal

    address, port = text, ""
    if text.count(":") == 1 or "]:" in text:
        address, _, port = text.rpartition(":")
    found = literal(address)
    if address.startswith("[") != address.endswith("]") or found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no address of a DNS server")
    return found, options.port_number(port or "53")


def _seconds(text: str) -> float:
    """A time limit; anything else does not fit the command line."""
    try:
        limit = float(text)
    except ValueError:
        limit = 0.0
    if not 0.1 <= limit <= 300:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time from 0.1 to 300 seconds")
    return limit
