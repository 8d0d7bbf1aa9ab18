"""Arguments that several verbs share, under one spelling."""

import argparse
from collections.abc import Sequence

from pgtopo.model.digits import whole_number

_FILES = {"bash": "_shtab_compgen_files", "zsh": "_files"}


def add_files(parser: argparse.ArgumentParser) -> None:
    """The input files; several are merged."""
    takes_file(
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help="snapshot or JSON rows, plain, .gz or .zst; several are merged",
        )
    )
    add_complete(parser)


def add_complete(parser: argparse.ArgumentParser) -> None:
    """Whether the files hold everything."""
    parser.add_argument(
        "--assume-complete",
        action="store_true",
        help="take every kind as read in full: what nothing refers to and has no row does not"
        " exist; what a row refers to and has no row is deleted or hidden, and stays unknown",
    )


def add_output(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """Format and target of the document."""
    parser.add_argument(
        "--format", choices=list(formats), default=formats[0], help=f"default: {formats[0]}"
    )
    takes_file(
        parser.add_argument(
            "-o", "--output", metavar="FILE", help="write to a file (owner-only) instead of stdout"
        )
    )


def add_full_ids(parser: argparse.ArgumentParser) -> None:
    """Whether text shows whole resource ids."""
    parser.add_argument(
        "--full-ids", action="store_true", help="in text, show whole resource ids and all evidence"
    )


def takes_file(action: argparse.Action) -> None:
    """Let shells complete file names there: shtab reads this attribute."""
    setattr(action, "complete", _FILES)  # noqa: B010  argparse does not declare it


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Which checks run."""
    for option, what in (("--select", "run only"), ("--ignore", "leave out")):
        parser.add_argument(
            option,
            action="append",
            default=[],
            metavar="CHECK",
            help=f"{what} this check, by id, slug or family (repeatable)",
        )


def add_port(parser: argparse.ArgumentParser) -> None:
    """The port that clients connect to."""
    parser.add_argument("--port", type=port_number, default=5432, help="TCP port (default: 5432)")


def add_client_dns(parser: argparse.ArgumentParser) -> None:
    """Where a client that is no part of the estate asks for names."""
    parser.add_argument(
        "--client-dns",
        type=ipv4_address,
        metavar="IP",
        help="the DNS server that a client outside Azure asks",
    )


def port_number(text: str) -> int:
    """A TCP port; anything else does not fit the command line."""
    port = whole_number(text)
    if port is None or not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (1 to 65535)")
    return port


def ipv4_address(text: str) -> str:
    """An IPv4 address as written; anything else does not fit the command line."""
    from pgtopo.model.net import parse_address

    if parse_address(text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not an IPv4 address")
    return text
