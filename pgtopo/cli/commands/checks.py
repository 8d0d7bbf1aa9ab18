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
    parser.add_argument(
        "--write-readme", metavar="FILE", help="refresh the generated tables of a README instead"
    )


def run(args: argparse.Namespace) -> int:
    """Write the catalogue, or the generated parts of a README."""
    if args.write_readme:
        return _write_readme(args.write_readme)
    from pgtopo.checks.registry import catalogue
    from pgtopo.checks.selection import selected

    chosen = selected(catalogue(), args.select, args.ignore)
    render = formats.renderer("catalogue", args.format).render
    output.write(render(chosen, terminal.style(args.output)), args.output)
    return exit_codes.FINE


def _write_readme(name: str) -> int:
    from pathlib import Path

    from pgtopo.cli import readme
    from pgtopo.errors import UsageError

    path = Path(name)
    try:
        text = path.read_text(encoding="utf-8")
        path.write_text(readme.refreshed(text), encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot refresh {name}: {error}", "give the path of a README") from None
    return exit_codes.FINE
