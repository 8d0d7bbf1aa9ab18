"""From the words of a command line to a verb, and from whatever happens to an exit code."""

import sys
from collections.abc import Sequence

from pgtopo import __version__
from pgtopo.cli import exit_codes, notices, output
from pgtopo.errors import PgtopoError


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code of a command line, after its work is done and its output written."""
    words = list(sys.argv[1:] if argv is None else argv)
    is_debug = "--debug" in words
    try:
        return _dispatch(words)
    except PgtopoError as error:
        notices.error(error.message, error.hint or "--debug shows where this comes from")
        _trace(is_debug=is_debug)
        return error.exit_code
    except KeyboardInterrupt:
        notices.error("interrupted", "nothing was changed; run it again to start over")
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        return exit_codes.FINE
    except Exception as error:  # noqa: BLE001  the one place where a bug becomes an exit code
        notices.error(
            f"a bug in pgtopo: {type(error).__name__}: {error}",
            "please report it with the output of the same command and --debug",
        )
        _trace(is_debug=is_debug)
        return exit_codes.BUG


def _dispatch(words: list[str]) -> int:
    while words[:1] == ["--debug"]:
        words = words[1:]
    if words[:1] in (["--version"], ["-V"]):
        output.write_text(f"pgtopo {__version__}")
        return 0
    from pgtopo.cli import parsing

    return parsing.run(words)


def _trace(*, is_debug: bool) -> None:
    if is_debug:
        import traceback

        notices.crash(traceback.format_exc())
