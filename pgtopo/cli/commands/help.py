"""Help on a verb, or on a topic that is generated from what the program knows."""

import argparse

from pgtopo.cli import exit_codes, output, terminal, topics, verbs

NAME = "help"
HELP = "explain a topic (codes, kinds, exit-codes, checks, keys) or a verb"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to explain."""
    parser.add_argument("topic", nargs="?", metavar="TOPIC", help="a topic or a verb")


def run(args: argparse.Namespace) -> int:
    """Write the help on a topic or a verb; the overview without one."""
    from pgtopo.cli import parsing

    if args.topic is None:
        output.write_text(parsing.full_parser().format_help() + "\n" + _overview())
    elif args.topic in topics.names():
        output.write_text("\n".join(topics.module(args.topic).lines(terminal.style(None))))
    elif args.topic in verbs.names():
        verb = verbs.module(args.topic)
        output.write_text(parsing.verb_parser(verb, f"pgtopo {verb.NAME}").format_help())
    else:
        _no_such(args.topic)
    return exit_codes.FINE


def _overview() -> str:
    about = (f"  {name:<12} {topics.module(name).ABOUT}" for name in topics.names())
    return "\n".join(["topics:", *about])


def _no_such(topic: str) -> None:
    from difflib import get_close_matches

    from pgtopo.errors import UsageError

    known = (*topics.names(), *verbs.names())
    near = get_close_matches(topic.lower(), known, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"topics: {', '.join(topics.names())}"
    raise UsageError(f"there is no topic or verb {topic!r}", hint)
