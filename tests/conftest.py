"""Rules for the whole suite."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

#: Examples are the same in every run, and a slow machine is no fault.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

#: Set where every program the tests need is installed: a skip then means something is missing.
NO_SKIP = bool(os.environ.get("PGTOPO_NO_SKIP"))


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
