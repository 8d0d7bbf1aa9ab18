"""Changes that can be tried, and what is said of them."""

import json

import pytest

from pgtopo.errors import UsageError
from pgtopo.model import patch
from pgtopo.model.ids import ArmId
from pgtopo.model.nsg import NetworkSecurityGroup
from pgtopo.model.server import FlexibleServer
from pgtopo.session import Session, open_files
from pgtopo.views.lines import plain
from pgtopo.views.whatif.choices import choices
from pgtopo.views.whatif.option import Choice, Edit, Option
from pgtopo.views.whatif.trial import Trial, in_short, page, patch_text
from tests.tui.screen import CONTOSO

TYPED = {
    "route:": "0.0.0.0/0 Internet",
    "priority": "150",
    "source": "10.9.0.0/16, Internet",
    "destination": "*",
    "ports": "5432, 6432",
    "adds": "10.9.0.0/16",
    "add": "10.9.0.0/16",
    "appliance": "10.0.0.4",
    "DNS servers": "10.0.0.4",
    "answer": "10.0.0.9",
    "admit": "20.1.1.1-20.1.1.9",
}


@pytest.fixture(scope="module")
def session() -> Session:
    return open_files([CONTOSO])


def ready(choice: Choice) -> Option:
    if isinstance(choice, Option):
        return choice
    typed = next(text for word, text in TYPED.items() if word in choice.text)
    return choice.make(typed)


def by_name(session: Session, name: str) -> ArmId:
    return next(r.id for r in session.topology.resources() if r.name == name)


def test_every_change_offered_anywhere_can_be_made(session: Session) -> None:
    seen: set[str] = set()
    kinds: dict[str, int] = {}
    for resource in session.topology.resources():
        if kinds.setdefault(resource.KIND, 0) >= 2:
            continue
        kinds[resource.KIND] += 1
        for choice in choices(session.facts, resource.id, "snet-web"):
            if choice.text in seen:
                continue
            seen.add(choice.text)
            option = ready(choice)
            assert option.ops, option
            assert session.patched(Trial((option,)).patch) is not session.topology
    assert len(seen) > 60


def test_one_rule_of_a_group_has_changes_of_its_own(session: Session) -> None:
    group = session.topology.get(NetworkSecurityGroup, by_name(session, "nsg-pg-dev-weu"))
    assert group is not None
    rule = ArmId(f"{group.id}/securityrules/deny-all-in")
    texts = [choice.text for choice in choices(session.facts, rule)]
    assert texts[0] == "take rule deny-all-in (Inbound 4096) out"
    assert all("deny-all-in" in text for text in texts)


def test_nonsense_is_refused_with_a_reason(session: Session) -> None:
    group = by_name(session, "nsg-pg-dev-weu")
    edits = [c for c in choices(session.facts, group) if isinstance(c, Edit)]
    priority = next(c for c in edits if "priority" in c.text)
    with pytest.raises(UsageError, match="no number from 100 to 4096"):
        priority.make("7")
    with pytest.raises(UsageError, match="nothing was typed"):
        edits[0].make("  ")


def test_a_trial_is_told_kept_and_taken_as_commands(session: Session) -> None:
    server = next(s for s in session.topology.all(FlexibleServer) if s.name == "psql-crm-prod-neu")
    found = choices(session.facts, server.id)
    stop = next(c for c in found if c.text.startswith("stop server"))
    assert isinstance(stop, Option)
    trial = Trial((stop,))
    outlook = session.whatif(trial.patch)
    assert in_short(trial, outlook) == "1 change on a copy: 5 paths lost, 1 finding more"
    text = plain(page(session.topology, trial, outlook))
    assert "verdicts lost" in text
    assert "psql-crm-prod-neu" in text
    assert "nothing is changed in Azure" in text
    kept = patch_text(trial)
    assert patch.parse(kept, "kept.json") == trial.patch
    assert json.loads(kept)["schema"] == "pgtopo.patch/1"
    assert trial.script().splitlines()[1].startswith("az postgres flexible-server stop")
