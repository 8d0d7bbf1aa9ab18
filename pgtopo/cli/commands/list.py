"""Tables without the terminal interface."""

import argparse

from pgtopo.cli import estate, exit_codes, notices, options, output, terminal
from pgtopo.reports import registry as formats

NAME = "list"
HELP = "list servers, subnets, networks, zones and more as a table"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to list, of which files, in which format."""
    parser.add_argument("kind", metavar="KIND", help=f"one of: {', '.join(_kinds())}")
    options.add_files(parser)
    parser.add_argument(
        "--effective",
        metavar="SUBNET",
        help="with routes or rules: what is in force on this subnet (id or name)",
    )
    options.add_output(parser, formats.formats("lists"))


def _kinds() -> tuple[str, ...]:
    from pgtopo.views.tables import registry

    return registry.kinds()


def run(args: argparse.Namespace) -> int:
    """Write the table."""
    if args.kind not in _kinds():
        _no_such(args.kind)
    table, items = (found := estate.opened(args)).table(args.kind, args.effective)
    render = formats.renderer("lists", args.format).render
    output.write(render(table, items, terminal.style(args.output)), args.output)
    if not items:
        notices.say(f"pgtopo: {table.if_empty}{_unread(found.topology.other_rows)}")
    return exit_codes.FINE


def _unread(other_rows: dict[str, int]) -> str:
    total = sum(other_rows.values())
    return f" ({total:,} rows of other kinds)" if total else ""


def _no_such(kind: str) -> None:
    from difflib import get_close_matches

    from pgtopo.errors import UsageError

    near = get_close_matches(kind.lower(), _kinds(), 1)
    hint = f"did you mean {near[0]!r}?" if near else f"one of: {', '.join(_kinds())}"
    raise UsageError(f"there is no list of {kind!r}", hint)
