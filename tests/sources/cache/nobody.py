"""Runs a piece of a test as a user whom file permissions hold back, also where root runs it."""

import os
import traceback
from collections.abc import Callable
from pathlib import Path

NOBODY = 65534


def as_nobody(run: Callable[[], None], *owned: Path) -> None:
    """Run in a child process that is no longer root; its failure is the test's failure.

    The paths become that user's own; what leads to them is opened for passing through.
    """
    if os.geteuid() != 0:
        run()
        return
    for path in owned:
        os.chown(path, NOBODY, NOBODY)
        for above in path.parents:
            if above != Path("/") and above.stat().st_uid == 0 and str(above).startswith("/tmp/"):
                above.chmod(above.stat().st_mode | 0o011)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
            run()
            code = 0
        except BaseException:  # noqa: BLE001  told, and the child leaves with 1
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
