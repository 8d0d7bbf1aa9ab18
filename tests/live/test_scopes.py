"""Subscriptions, management groups, and what they answer."""

from __future__ import annotations

import pytest

from pgtopo.errors import AccessDenied, SourceError, Throttled, Unreachable, UsageError
from pgtopo.sources.azure.collect import collect
from pgtopo.sources.azure.pacing import Timing
from pgtopo.sources.azure.request import Request, checked
from pgtopo.sources.azure.scopes import BATCH
from tests.live.conftest import FAST, Start, ask, ids_of, statuses
from tests.live.estates import FIRST, NSG, SECOND, THIRD, flat, nsg, subscription
from tests.stand_in.estate import Estate
from tests.stand_in.reply import Reply, error


def test_only_the_subscriptions_asked_for(start: Start) -> None:
    found = ask(start(flat(10)), subscriptions=(SECOND.upper(),), has_arm_reads=False)
    assert found.scope["answered"] == [SECOND]
    assert all(SECOND in one for one in ids_of(found))


@pytest.mark.parametrize(
    "name", ["AZURE_SDK_CLOUD_CONF", "AZURE_TOKEN_CREDENTIALS", "AZURE_AUTHORITY_HOST"]
)
def test_variables_of_the_sdk_do_not_decide(
    name: str, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "nonsense")
    assert ask(start(flat(2)), has_arm_reads=False).is_whole


def test_a_management_group_stands_for_its_subscriptions(start: Start) -> None:
    stand_in = start(flat(10))
    stand_in.graph.groups = {"platform": [SECOND]}
    found = ask(stand_in, management_groups=("platform",), has_arm_reads=False)
    assert found.scope["answered"] == [SECOND]
    assert statuses(found, NSG) == {f"/subscriptions/{SECOND}": "read"}


def test_groups_and_subscriptions_are_never_in_one_request(start: Start) -> None:
    stand_in = start(flat(10))
    stand_in.graph.groups = {"platform": [SECOND]}
    found = ask(
        stand_in,
        management_groups=("platform", "gone"),
        subscriptions=(FIRST, THIRD),
        has_arm_reads=False,
    )
    assert found.scope["answered"] == [FIRST, SECOND]
    assert found.scope["missing"] == [THIRD]
    assert set(statuses(found, NSG).values()) == {"read", "denied"}
    assert any("gone" in note for note in found.notes)
    assert any(gap.scope.endswith("/managementgroups/gone") for gap in found.gaps)


def test_resource_groups_of_a_subscription_that_is_not_visible(start: Start) -> None:
    """A login may have rights on a resource group only: its subscription has no row then."""
    estate = flat(10)
    estate.remove(f"/subscriptions/{SECOND}")
    for words in ({}, {"subscriptions": (FIRST, SECOND)}, {"subscriptions": (SECOND,)}):
        found = ask(start(estate), None, None, **words)
        assert len([one for one in ids_of(found, NSG) if SECOND in one]) == 5
        assert statuses(found, NSG)[f"/subscriptions/{SECOND}"] == "partial"
        assert [note for note in found.notes if "only parts are visible" in note]
        assert found.is_whole


def test_many_subscriptions_are_asked_in_batches(start: Start) -> None:
    names = [f"00000000-0000-4000-8000-{number:012}" for number in range(BATCH + 1)]
    rows = [subscription(name) for name in names]
    stand_in = start(Estate([*rows, *(nsg(0, name) for name in names)]))
    found = ask(stand_in, has_arm_reads=False)
    asked = [call.body for call in stand_in.queries() if f"'{NSG}'" in call.query]
    assert max(len(one["subscriptions"]) for one in asked) <= BATCH
    assert len(ids_of(found, NSG)) == len(names)


def test_no_readable_subscription_is_an_error(start: Start) -> None:
    stand_in = start(flat(4))
    stand_in.graph.unreadable = {FIRST, SECOND}
    with pytest.raises(AccessDenied):
        ask(stand_in)
    with pytest.raises(AccessDenied):
        ask(stand_in, subscriptions=(FIRST,))


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (error(403, "AuthorizationFailed", "no"), AccessDenied),
        (error(429, "RateLimiting", "no", None, {"Retry-After": "9999"}), Throttled),
        (Reply(502), Unreachable),
        (error(400, "BadRequest", "no"), SourceError),
    ],
)
def test_nothing_but_errors_is_an_error(
    reply: Reply, kind: type[SourceError], start: Start
) -> None:
    stand_in = start(flat(4))
    stand_in.fault = lambda _call: reply
    with pytest.raises(kind) as caught:
        ask(stand_in)
    assert caught.value.hint


def test_nobody_there_is_an_error() -> None:
    timing = Timing(second=0.001, tries=2)
    with pytest.raises(Unreachable, match="refused"):
        collect(Request(arm_endpoint="http://127.0.0.1:9"), timing=timing)


def test_a_certificate_nobody_trusts_is_an_error(start: Start, chain: object) -> None:
    stand_in = start(flat(1), chain)
    with pytest.raises(Unreachable, match="certificate"):
        ask(stand_in, timing=Timing(second=0.001, tries=2))


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://192.0.2.1:80",
        "https://management.azure.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com:1",
        "http://user@127.0.0.1:1",
        "http://127.0.0.1:1/path",
        "http://127.0.0.1:99999",
        "ftp://127.0.0.1",
        "127.0.0.1:8899",
        "http://[::2]:1",
        "http://0.0.0.0:1",
        "http://2130706433.example",
    ],
)
def test_a_stand_in_must_be_on_this_machine(endpoint: str) -> None:
    with pytest.raises(UsageError):
        collect(Request(arm_endpoint=endpoint), timing=FAST)


@pytest.mark.parametrize(
    "endpoint", ["http://127.0.0.1:1", "http://localhost:1/", "https://[::1]:1", "http://127.9.9.9"]
)
def test_loopback_addresses_are_taken(endpoint: str) -> None:
    assert checked(Request(arm_endpoint=endpoint)).arm_endpoint == endpoint.rstrip("/")


@pytest.mark.parametrize(
    "words",
    [
        {"subscriptions": ("prod",)},
        {"subscriptions": (f"{FIRST}/x",)},
        {"management_groups": ("a b",)},
        {"tenant": "a/b"},
    ],
)
def test_names_that_cannot_be_ids(words: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        checked(Request(**words))  # type: ignore[arg-type]
