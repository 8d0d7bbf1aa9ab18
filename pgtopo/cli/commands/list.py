"""Tables without the terminal interface."""

import argparse

from pgtopo.cli import estate, exit_codes, notices, options, output, terminal
from pgtopo.reports import registry as formats

NAME = "list"
HELP = "list servers, subnets, networks, zones and more as a table"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to list, of which files, in which format."""
    kinds = _kinds()
    parser.add_argument("kind", metavar="KIND", choices=kinds, help=f"one of: {', '.join(kinds)}")
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
    table, items = (found := estate.opened(args)).table(args.kind, args.effective)
    render = formats.renderer("lists", args.format).render
    output.write(render(table, items, terminal.style(args.output)), args.output)
    if not items:
        notices.say(f"pgtopo: {table.if_empty}{_unread(found.topology.other_rows)}")
    return exit_codes.FINE


def _unread(other_rows: dict[str, int]) -> str:
    total = sum(other_rows.values())
    return f" ({total:,} rows of other kinds)" if total else ""
