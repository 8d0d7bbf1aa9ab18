"""The parsers: one per verb, made when its verb is used, and one of all verbs for help."""

import argparse
from collections.abc import Callable
from types import ModuleType
from typing import NoReturn, cast

from pgtopo.cli import output, verbs
from pgtopo.errors import UsageError

NO_VERB = "tui"
"""What runs where the first word is no verb: files, or nothing."""

DESCRIPTION = (
    "Can this client reach that Azure PostgreSQL flexible server, by name, on its port, there and"
    " back; and if not, which setting is to blame? Without a verb, pgtopo opens the terminal"
    " interface on the files given. A file named like a verb is given as ./check."
)
EPILOG = "Run 'pgtopo VERB --help' for one verb, 'pgtopo help TOPIC' for codes, kinds and checks."


class Parser(argparse.ArgumentParser):
    """A parser that reports through the error tree and writes through the output module."""

    def error(self, message: str) -> NoReturn:
        """Turn a misfit into a usage error."""
        raise UsageError(message, f"run '{self.prog} --help' to see what it takes")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """Turn a word that is not among the choices into a usage error that names the near one."""
        if action.choices is None or value in action.choices:
            return
        from difflib import get_close_matches

        known = [str(choice) for choice in action.choices]
        near = get_close_matches(str(value).lower(), known, 1)
        name = "/".join(action.option_strings) or action.metavar or action.dest
        raise UsageError(
            f"{name}: there is no {value!r}",
            f"did you mean {near[0]!r}?" if near else f"one of: {', '.join(known)}",
        )

    def _print_message(self, message: str, _file: object = None) -> None:
        output.write_text(message)


def run(words: list[str]) -> int:
    """Parse the words for their verb and run it."""
    if words[:1] in (["-h"], ["--help"]):
        output.write_text(full_parser().format_help())
        return 0
    has_verb = bool(words) and words[0] in verbs.names()
    verb = verbs.module(words[0] if has_verb else NO_VERB)
    parser = verb_parser(verb, "pgtopo" if not has_verb else f"pgtopo {verb.NAME}")
    try:
        args = parser.parse_intermixed_args(words[1:] if has_verb else words)
    except SystemExit as leaving:  # help was shown
        return int(leaving.code or 0)
    return cast("Callable[[argparse.Namespace], int]", verb.run)(args)


def verb_parser(verb: ModuleType, prog: str) -> Parser:
    """The parser of one verb."""
    parser = Parser(prog=prog, description=_sentence(verb.HELP), allow_abbrev=False)
    _fill(parser, verb)
    return parser


def full_parser() -> Parser:
    """One parser of every verb: for the overview and for shell completion."""
    parser = Parser(prog="pgtopo", description=DESCRIPTION, epilog=EPILOG, allow_abbrev=False)
    parser.add_argument("--version", "-V", action="store_true", help="print the version")
    parser.add_argument("--debug", action="store_true", help=_DEBUG)
    under = parser.add_subparsers(title="verbs", metavar="VERB", parser_class=Parser)
    for name in verbs.names():
        verb = verbs.module(name)
        _fill(under.add_parser(verb.NAME, help=verb.HELP, description=_sentence(verb.HELP)), verb)
    return parser


def _fill(parser: argparse.ArgumentParser, verb: ModuleType) -> None:
    verb.add_arguments(parser)
    parser.add_argument("--debug", action="store_true", help=_DEBUG)


_DEBUG = "show where in pgtopo an error came from"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
