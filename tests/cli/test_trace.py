"""`pgtopo trace`: the document, the words, the exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli, sound_world, written
from tests.estates.world import World, rule

ROOT = Path(__file__).resolve().parents[2]
CONTOSO = ROOT / "snapshots" / "contoso" / "snapshot.json"
STAGES = [
    "state",
    "dns",
    "client_filter",
    "forward_route",
    "peering",
    "transit",
    "server_filter",
    "return_route",
    "server_access",
]
STEP = {"stage", "verdict", "code", "text", "decided_by"}
KEYS = {
    "schema",
    "client",
    "server",
    "port",
    "verdict",
    "dns",
    "network",
    "steps",
    "parts",
    "assumptions",
    "fixes",
}


def with_app(world: World, *, prefix: str = "10.1.2.0/24") -> World:
    """A client subnet in the server's own network."""
    network = next(row["id"] for row in world.rows if row["type"].endswith("/virtualnetworks"))
    world.subnet(network, "snet-app", prefix)
    return world


@pytest.fixture
def open_path(tmp_path: Path) -> Path:
    return written(tmp_path / "open.json", with_app(sound_world()).snapshot())


@pytest.fixture
def closed_path(tmp_path: Path) -> Path:
    world = with_app(sound_world(is_named=False))
    return written(tmp_path / "closed.json", world.snapshot())


def test_the_document_has_every_promised_key(cli: Cli, open_path: Path) -> None:
    """R05: a client in another subnet of the same network reaches the server directly."""
    ran = cli("trace", open_path, "--from", "snet-app", "--to", "psql-orders", "--format", "json")
    assert ran.code == 0
    document = ran.json
    assert set(document) >= KEYS
    assert document["schema"] == "pgtopo.trace/1"
    assert document["verdict"] == "allowed"
    assert document["client"]["kind"] == "subnet"
    assert document["client"]["addresses"] == ["10.1.2.0/24"]
    assert document["server"]["mode"] == "vnet"
    assert document["server"]["fqdn"] == "psql-orders.postgres.database.azure.com"
    assert document["port"] == 5432
    assert document["dns"]["answers"] == ["10.1.1.4"]
    assert set(document["network"]) == {"verdict", "code"}
    assert [one["verdict"] for one in document["parts"]] == ["allowed"]
    order = [STAGES.index(step["stage"]) for step in document["steps"]]
    assert order == sorted(order)
    assert all(set(step) >= STEP for step in document["steps"])


def test_name_and_network_are_judged_apart(cli: Cli, closed_path: Path) -> None:
    """R06: a missing link and a missing path are two faults, seen at once."""
    ran = cli("trace", closed_path, "--from", "snet-app", "--to", "psql-orders", "--format", "json")
    assert ran.code == 1
    document = ran.json
    assert (document["dns"]["verdict"], document["network"]["verdict"]) == ("blocked", "allowed")
    assert document["verdict"] == "blocked"
    fault = next(step for step in document["steps"] if step["verdict"] == "blocked")
    assert fault["stage"] == "dns"
    assert fault["decided_by"]["resource"].startswith("/subscriptions/")


def test_text_says_the_answer_first_and_proves_every_step(cli: Cli, closed_path: Path) -> None:
    ran = cli("trace", closed_path, "--from", "snet-app", "--to", "psql-orders")
    assert ran.code == 1
    lines = ran.text.splitlines()
    assert "snet-app" in lines[0]
    assert "psql-orders.postgres.database.azure.com" in lines[0]
    assert any("name" in line and "BLOCKED" in line for line in lines[1:4])
    assert any("network" in line and "OPEN" in line for line in lines[1:4])
    assert "decided by" in ran.text
    assert "settle with" in ran.text


def test_text_says_the_cause_right_after_the_answer(cli: Cli, closed_path: Path) -> None:
    ran = cli("trace", closed_path, "--from", "snet-app", "--to", "psql-orders")
    lines = ran.text.splitlines()
    head = lines[: lines.index("")]
    document = cli(
        "trace", closed_path, "--from", "snet-app", "--to", "psql-orders", "--format", "json"
    ).json
    blocked = next(step for step in document["steps"] if step["verdict"] == "blocked")
    assert head[-1] == f"  because: {blocked['text']}"


def test_no_cause_is_told_where_nothing_is_in_the_way(cli: Cli, open_path: Path) -> None:
    assert (
        "because" not in cli("trace", open_path, "--from", "snet-app", "--to", "psql-orders").text
    )


def test_text_shows_whole_ids_only_where_asked(cli: Cli, closed_path: Path) -> None:
    words = ("trace", closed_path, "--from", "snet-app", "--to", "psql-orders")
    short = [line for line in cli(*words).text.splitlines() if "decided by" in line]
    assert short
    assert not any("/subscriptions/" in line for line in short)
    full = [line for line in cli(*words, "--full-ids").text.splitlines() if "decided by" in line]
    assert len(full) == len(short)
    assert all("decided by /subscriptions/" in line for line in full)


def test_parts_that_fare_alike_are_told_once_and_blocked_ones_first(cli: Cli) -> None:
    words = ("trace", CONTOSO, "--from", "vnet-hub-weu", "--to", "psql-crm-prod-neu")
    text = cli(*words).text
    assert text.count("/snet-pg-crm has no route to") == 1
    assert "no route to these addresses" in text
    assert "For all of 10.20.1.0/27" in text
    split = cli("trace", CONTOSO, "--from", "10.0.0.0/8", "--to", "psql-crm-prod-neu").text
    ranks = [
        0 if "BLOCKED" in block else 1 if "UNKNOWN" in block else 2
        for block in split.split("This rests on")[0].split("\nFor ")[1:]
    ]
    assert set(ranks) == {0, 1, 2}
    assert ranks == sorted(ranks)
    assert "No change was tried: 63 parts of this client are blocked" in split
    assert "proved on a copy" not in split


@pytest.mark.parametrize("width", [80, 120])
def test_text_fits(cli: Cli, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    ran = cli("trace", CONTOSO, "--from", "snet-etl-reports", "--to", "psql-reports-prod-neu")
    steps = ran.text.split("This rests on")[0]
    assert max(map(len, steps.splitlines())) <= width


def test_a_part_that_is_blocked_gives_1_and_both_parts_are_told(cli: Cli, tmp_path: Path) -> None:
    world = sound_world()
    deny = rule("deny-half", 100, "Deny", src="10.1.2.128/25", ports="5432")
    nsg = world.nsg("nsg-pg", deny)
    subnet = next(row["id"] for row in world.rows if row["type"].endswith("/virtualnetworks"))
    world.properties(f"{subnet}/subnets/snet-pg")["networkSecurityGroup"] = {"id": nsg}
    path = written(tmp_path / "half.json", with_app(world).snapshot())
    words = ("trace", path, "--from", "snet-app", "--to", "psql-orders")
    ran = cli(*words, "--format", "json")
    assert ran.code == 1
    assert ran.json["verdict"] == "mixed"
    assert ran.json["parts"] == [
        {"addresses": ["10.1.2.0/25"], "verdict": "allowed"},
        {"addresses": ["10.1.2.128/25"], "verdict": "blocked"},
    ]
    denied = next(one for one in ran.json["steps"] if one["verdict"] == "blocked")
    assert denied["addresses"] == ["10.1.2.128/25"]
    assert denied["decided_by"]["resource"].endswith("/securityRules/deny-half")
    text = cli(*words).text
    assert "MIXED" in text
    assert "For 10.1.2.128/25" in text


def test_strict_leaves_with_5_where_the_verdict_stayed_unknown(cli: Cli, tmp_path: Path) -> None:
    world = with_app(sound_world())
    world.unread("microsoft.network/privatednszones/virtualnetworklinks")
    world.rows = [row for row in world.rows if "virtualnetworklinks" not in row["type"]]
    path = written(tmp_path / "partial.json", world.snapshot())
    words = ("trace", path, "--from", "snet-app", "--to", "psql-orders")
    assert cli(*words).code == 0
    assert cli(*words, "--strict").code == 5


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--from", "no-such", "--to", "psql-orders"), "no-such"),
        (("--from", "snet-app", "--to", "no-such"), "no-such"),
        (("--from", "snet-app", "--to", "psql-orders", "--port", "0"), "port"),
        (("--from", "snet-app", "--to", "psql-orders", "--port", "x"), "port"),
        (("--from", "10.1.2.0/24", "--to", "psql-orders", "--client-dns", "dns"), "dns"),
        (("--from", "10.1.2.0/40", "--to", "psql-orders"), "10.1.2.0/40"),
        (("--from", "onprem:", "--to", "psql-orders"), "onprem"),
        (("--to", "psql-orders"), "--from"),
    ],
)
def test_a_misfit_is_a_usage_error(
    cli: Cli, open_path: Path, words: tuple[str, ...], part: str
) -> None:
    ran = cli("trace", open_path, *words)
    assert ran.code == 2
    assert ran.out == b""
    assert part in ran.err


def test_an_ambiguous_name_lists_the_candidates(cli: Cli, tmp_path: Path) -> None:
    world = with_app(sound_world())
    other = world.vnet("vnet-other", "10.2.0.0/16")
    world.subnet(other, "snet-app", "10.2.2.0/24")
    path = written(tmp_path / "two.json", world.snapshot())
    ran = cli("trace", path, "--from", "snet-app", "--to", "psql-orders")
    assert ran.code == 2
    assert "vnet-app/snet-app" in ran.err
    assert "vnet-other/snet-app" in ran.err


def test_a_literal_address_is_traced_and_called_fragile(cli: Cli, open_path: Path) -> None:
    """R02: clients should connect by name, because the address may change."""
    ran = cli("trace", open_path, "--from", "snet-app", "--to", "10.1.1.4")
    assert ran.code == 0
    assert "may change" in ran.text
    assert "psql-orders.postgres.database.azure.com" in ran.text


def test_a_value_that_begins_with_a_dash_is_given_with_an_equals_sign(
    cli: Cli, open_path: Path
) -> None:
    ran = cli("trace", open_path, "--from=-odd", "--to", "psql-orders")
    assert ran.code == 2
    assert "-odd" in ran.err


def test_two_runs_are_byte_identical(cli: Cli) -> None:
    words = ("--from", "onprem:192.168.128.0/17", "--to", "psql-crm-prod-neu")
    first = cli("trace", CONTOSO, *words, "--format", "json")
    assert cli("trace", CONTOSO, *words, "--format", "json").out == first.out
