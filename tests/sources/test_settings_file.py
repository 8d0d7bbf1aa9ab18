"""The settings file: what a user states, and what does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from pgtopo.errors import UsageError
from pgtopo.sources import settings_file

FULL = """
theme = "nord"
ascii = true
hidden_columns = ["ZONE"]

[keys]
quit = "x"

[scope]
subscription = ["5b6a8f0e-2c4d-4a71-9e3b-7f1d0c2a9e10"]

[[client]]
from = "onprem:192.168.0.0/16"
to = ["psql-orders"]
port = 6432

[[client]]
from = "snet-app"
to = "psql-orders"

[[dns_server]]
address = "10.0.0.4"
forwards_to = "168.63.129.16"
network = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v"

[[appliance]]
address = "10.0.1.4"
snat = true
allows = ["10.0.0.0/8"]

[[appliance]]
address = "10.0.1.5"

[assumptions]
admin_rules_unseen = "Blocked"
"""


def test_everything_stated_is_read() -> None:
    found = settings_file.parse(FULL, "config.toml")
    assert (found.theme, found.ascii, found.keys) == ("nord", True, {"quit": "x"})
    assert found.hidden_columns == ("ZONE",)
    assert found.unknown == ()
    first, second = found.verdicts.clients
    assert (first.source, first.targets, first.port) == (
        "onprem:192.168.0.0/16",
        ("psql-orders",),
        6432,
    )
    assert (second.targets, second.port) == (("psql-orders",), 5432)
    (server,) = found.verdicts.dns_servers
    assert (server.address, server.forwards_to) == ("10.0.0.4", "168.63.129.16")
    known, silent = found.verdicts.appliances
    assert (known.snat, known.allows) == (True, ("10.0.0.0/8",))
    assert (silent.snat, silent.allows) == (None, None)
    assert found.verdicts.assumptions == {"ADMIN_RULES_UNSEEN": "blocked"}


def test_without_a_file_nothing_is_stated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(settings_file.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings_file.read() == settings_file.UserSettings()


def test_the_variable_names_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("ascii = false\nsurprise = 1\n")
    monkeypatch.setenv(settings_file.VARIABLE, str(path))
    found = settings_file.read()
    assert found.ascii is False
    assert found.path == str(path)
    assert found.unknown == ("surprise",)
    path.unlink()
    with pytest.raises(UsageError, match=r"mine\.toml"):
        settings_file.read()


@pytest.mark.parametrize(
    ("text", "part", "line"),
    [
        ("no toml", "config.toml", "line 1"),
        ('theme = "nord"\nascii = [', "config.toml", ""),
        ("ascii = true\ntheme = 3", "theme", "line 2"),
        ('[keys]\nquit = "x"\nopen = 3', "keys", "line 1"),
        ("[[client]]\nto = []", "from", "line 1"),
        ("client = 3", "client", "line 1"),
        ('[[client]]\nfrom = "a"\n\n[[client]]\nfrom = "b"\nport = 0', "port", "line 6"),
        ('[[client]]\nfrom = "a"\nport = "x"', "port", "line 3"),
        ('[[dns_server]]\naddress = "10.0.0"\nforwards_to = "1.1.1.1"', "10.0.0", "line 2"),
        ('[[appliance]]\naddress = "10.0.0.1"\nallows = ["10.0.0.0/40"]', "10.0.0.0/40", "line 3"),
        ('[assumptions]\nSQL_TAG = "perhaps"', "perhaps", "line 2"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(text: str, part: str, line: str) -> None:
    with pytest.raises(UsageError, match=part.replace(".", r"\.")) as caught:
        settings_file.parse(text, "config.toml")
    assert line in caught.value.message
    assert caught.value.exit_code == 2


def test_keys_that_mean_nothing_are_named() -> None:
    text = (
        'colour = 1\n[[client]]\nfrom = "a"\nprot = 5\n[[appliance]]\naddress = "10.0.0.1"\nx = 1'
    )
    assert settings_file.parse(text, "config.toml").unknown == (
        "colour",
        "client.prot",
        "appliance.x",
    )
