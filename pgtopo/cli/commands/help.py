"""Help on a verb, or on a topic that is generated from what the program knows."""

import argparse

from pgtopo.cli import exit_codes, output, terminal, topics, verbs

NAME = "help"
HELP = "explain a topic (codes, kinds, exit-codes, checks, keys) or a verb"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to explain."""
    parser.add_argument(
        "topic",
        nargs="?",
        metavar="TOPIC",
        choices=(*topics.names(), *verbs.names()),
        help=f"one of {', '.join(topics.names())}, or a verb",
    )


def run(args: argparse.Namespace) -> int:
    """Write the help on a topic or a verb; the overview without one."""
    from pgtopo.cli import parsing

    if args.topic is None:
        output.write_text(parsing.full_parser().format_help() + "\n" + _overview())
    elif args.topic in topics.names():
        output.write_text("\n".join(topics.lines(args.topic, terminal.style(None))))
    else:
        verb = verbs.module(args.topic)
        output.write_text(parsing.verb_parser(verb, f"pgtopo {verb.NAME}").format_help())
    return exit_codes.FINE


def _overview() -> str:
    about = (f"  {name:<12} {topics.about(name)}" for name in topics.names())
    return "\n".join(["topics:", *about])
