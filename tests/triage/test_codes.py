"""Every code a cause or a drill can carry is listed by `pgtopo help codes`."""

import re
from pathlib import Path

from pgtopo import triage
from pgtopo.analysis.codes import CODES
from pgtopo.triage.causes.from_checks import SAME
from pgtopo.triage.codes import TRIAGE_CODES

_USED = re.compile(r'(?:shown\(|guess\(|code=)\s*(?:[^"\n]{0,60} else )?"([A-Z][A-Z0-9_]{3,})"')
_BOTH = re.compile(r'"([A-Z][A-Z0-9_]{3,})" if |if \w+ else "([A-Z][A-Z0-9_]{3,})"')


def _codes_in_sources() -> set[str]:
    found: set[str] = set()
    home = Path(triage.__file__).parent
    for path in (*home.glob("causes/*.py"), *home.glob("drill/*.py")):
        text = path.read_text(encoding="utf-8")
        found |= set(_USED.findall(text))
        found |= {one for pair in _BOTH.findall(text) for one in pair if one}
    return found


def test_every_code_has_its_sentence() -> None:
    used = _codes_in_sources()
    assert len(used) > 30
    assert used <= {*TRIAGE_CODES, *CODES}


def test_listed_codes_are_used_and_new() -> None:
    used = _codes_in_sources()
    source = "".join(
        path.read_text(encoding="utf-8") for path in Path(triage.__file__).parent.rglob("*.py")
    )
    assert {one for one in TRIAGE_CODES if source.count(f'"{one}"') < 2} == set()
    assert not set(TRIAGE_CODES) & set(CODES)
    assert used


def test_checks_are_matched_with_codes_that_exist() -> None:
    assert set(SAME) <= set(CODES)
