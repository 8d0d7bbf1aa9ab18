"""The errors a user can meet, each with one line of cause, one line of hint and an exit code.

PgtopoError
    UsageError        2    an option, check or name that does not fit
    SourceError       3    Azure could not be asked
        AuthError, AccessDenied, Throttled, Unreachable
    SnapshotError     4    a file that cannot be used
    Cancelled       130    stopped by the user
"""


class PgtopoError(Exception):
    """A failure with a cause a user can act on."""

    exit_code = 70

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(PgtopoError):
    """The command line does not fit: unknown option, check or name, or an ambiguous one."""

    exit_code = 2


class SourceError(PgtopoError):
    """Azure could not be asked."""

    exit_code = 3


class AuthError(SourceError):
    """No credential worked."""


class AccessDenied(SourceError):
    """The login may not read this."""


class Throttled(SourceError):
    """Azure asked to wait longer than is sensible."""


class Unreachable(SourceError):
    """No connection to Azure."""


class SnapshotError(PgtopoError):
    """A file cannot be read, or holds nothing to look at."""

    exit_code = 4


class Cancelled(PgtopoError):
    """The user stopped what was going on."""

    exit_code = 130
