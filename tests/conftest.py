"""Rules for the whole suite."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

#: Examples are the same in every run, and a slow machine is no fault.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

# Hypothesis would also draw constants that it finds in the code that is loaded by then: examples
# would depend on which tests ran before, and every worker would parse all of pgtopo for it.
if hasattr(providers, "_get_local_constants"):
    providers._get_local_constants = lambda: providers._local_constants

#: Set where every program the tests need is installed: a skip then means something is missing.
NO_SKIP = bool(os.environ.get("PGTOPO_NO_SKIP"))

# Some shells forbid Python to keep what it has compiled: then every program that the tests start
# compiles all of pgtopo and Textual's callers again, three times as long as it takes to run. Nor
# has every worker to compile all tests in every run.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Under `nohup`, and behind `&` in a script, signals are ignored, and programs inherit that: tests
# that end one by a signal would wait for ever. A handler of one's own is not inherited.
for _number in (signal.SIGHUP, signal.SIGINT):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, lambda _signal, _frame: None)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more worker than there are processors: some tests wait for programs and servers."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_finish(session: pytest.Session) -> None:
    """Thousands of collected tests stay to the end: the collector need not look through them."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if NO_SKIP and report.outcome == "skipped":
        _fail(report)
    return report


def _fail(report: Any) -> None:
    report.outcome = "failed"
    report.longrepr = f"skipped, and nothing may be skipped here: {report.longrepr}"
