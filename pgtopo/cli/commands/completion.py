"""Shell completion for bash and zsh, made from the parsers themselves."""

import argparse

from pgtopo.cli import output

NAME = "completion"
HELP = "print a completion script for bash or zsh"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which shell."""
    parser.add_argument("shell", choices=["bash", "zsh"], help="the shell to complete in")


def run(args: argparse.Namespace) -> int:
    """Print the script; to be sourced from the shell's start-up file."""
    import shtab

    from pgtopo.cli import parsing

    script: str = shtab.complete(parsing.full_parser(), shell=args.shell)
    output.write_text(script)
    return 0
