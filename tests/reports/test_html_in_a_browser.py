"""The HTML report in a real browser: its filter works, and it asks the network for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pgtopo.cli.main import main
from tests.estates.writing import SNAPSHOTS
from tests.reports.browser import IS_HERE, Page, browser

pytestmark = [
    pytest.mark.needs_program,
    pytest.mark.skipif(not IS_HERE, reason="needs chromium"),
]

_SHOWN = """[...document.querySelectorAll("article")]
    .filter(one => one.offsetParent !== null).map(one => one.querySelector("h2, h3").textContent)"""

_NEXT_FRAMES = "new Promise(done => setTimeout(done, 100))"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    estate = SNAPSHOTS / "contoso" / "snapshot.json"
    words = ["check", str(estate), "--format", "html", "--fixes", "none", "-o", str(path)]
    assert main(words) == 1
    return path


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture
def page(opened: Page, report: Path) -> Page:
    opened.events.clear()
    opened.open(report)
    return opened


def shown(page: Page) -> list[str]:
    found = page.run(_SHOWN)
    assert isinstance(found, list)
    return found


def test_everything_is_shown_at_first(page: Page) -> None:
    count = page.run('document.querySelectorAll("article").length')
    assert len(shown(page)) == count > 40
    assert page.run('document.querySelector("output").textContent') == f"{count} of {count} shown"


def test_a_word_leaves_the_findings_that_have_it(page: Page) -> None:
    before = shown(page)
    page.type("input[name=q]", "nsg-pg-test")
    after = shown(page)
    assert 0 < len(after) < len(before)
    assert any("PGT310" in one for one in after)
    assert not any("PGT101" in one for one in after)
    assert page.run('document.querySelector("output").textContent').startswith(f"{len(after)} of")


def test_several_words_have_to_be_there_all(page: Page) -> None:
    page.type("input[name=q]", "PGT501 mobile")
    assert all("PGT501" in one for one in shown(page))
    page.type("input[name=q]", " nowhere-to-be-found")
    assert shown(page) == []
    assert page.run('document.querySelectorAll("section:not([hidden])").length') == 0


def test_a_weight_that_is_switched_off_hides_its_findings(page: Page) -> None:
    page.click("input[value=error]")
    after = shown(page)
    assert after
    assert not any("ERROR" in one for one in after)
    page.click("input[value=error]")
    assert any("ERROR" in one for one in shown(page))


def test_a_family_leaves_its_own(page: Page) -> None:
    page.run('document.querySelector("select").focus()')
    for letter in "dns":
        page.ask("Input.dispatchKeyEvent", type="keyDown", text=letter, key=letter)
        page.ask("Input.dispatchKeyEvent", type="keyUp", key=letter)
    after = shown(page)
    assert after
    assert all("PGT1" in one for one in after)


def test_the_page_asks_for_nothing_but_itself(page: Page, report: Path) -> None:
    asked = {one["request"]["url"] for one in page.named("Network.requestWillBeSent")}
    assert asked == {report.as_uri()}
    assert page.run("performance.getEntriesByType('resource').length") == 0


def test_the_policy_lets_the_filter_run_and_nothing_else(page: Page) -> None:
    assert [one["entry"]["text"] for one in page.named("Log.entryAdded")] == []
    page.run("seen = []; document.onsecuritypolicyviolation = one => seen.push(one.blockedURI)")
    page.run("document.body.insertAdjacentHTML('beforeend', '<img src=https://192.0.2.1/x.png>')")
    assert page.ask("Runtime.evaluate", expression=_NEXT_FRAMES, awaitPromise=True)
    assert page.run("seen") == ["https://192.0.2.1/x.png"]


def test_on_paper_the_filter_is_gone_and_the_findings_are_there(page: Page) -> None:
    page.ask("Emulation.setEmulatedMedia", media="print")
    try:
        assert page.run("getComputedStyle(document.forms[0]).display") == "none"
        assert len(shown(page)) > 40
    finally:
        page.ask("Emulation.setEmulatedMedia", media="")
