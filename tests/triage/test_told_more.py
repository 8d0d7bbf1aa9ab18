"""What is said later moves causes; fixes that were tried once are not tried again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pgtopo.checks.verify import Prover
from pgtopo.model.patch import Op
from pgtopo.model.topology import Topology
from pgtopo.triage.case import Case, Paste
from tests.triage import outputs
from tests.triage.demo import contoso

ENDS = (("vm-app-test-01", "psql-app-test-weu"), ("vm-sandbox-02", "psql-training-sbx-weu"))


@pytest.mark.parametrize(("client", "server"), ENDS)
def test_fixes_are_tried_once_for_two_ends(
    client: str, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = contoso()
    tried: list[Sequence[Op]] = []
    copy = Prover.copy

    def noting(self: Prover, ops: Sequence[Op]) -> Topology | None:
        tried.append(ops)
        return copy(self, ops)

    monkeypatch.setattr(Prover, "copy", noting)
    first = session.triage(Case(client=client, server=server, error="timeout"))
    assert tried
    tried.clear()
    paste = Paste(name="dig", text=outputs.DIG_FOUND)
    more = session.triage(Case(client=client, server=server, error="timeout", pastes=(paste,)))
    assert not tried
    assert more.opened == first.opened
    assert more.readings
    other = Case(client="vm-partner-01", server="psql-shop-prod-neu", error="timeout")
    assert session.triage(other).opened.fixes
    assert tried, "other ends have fixes of their own"
