"""Where the settings lie: by platformdirs, and on Linux by the same rules without loading it."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from pgtopo.sources import own_folders

PLACES = ("/etc/own", "/etc/own/", "//x", "/", "here", "~", "", None)


@pytest.mark.parametrize("home", PLACES)
@pytest.mark.parametrize("stated", PLACES)
def test_settings_lie_where_platformdirs_says(
    stated: str | None, home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("XDG_CONFIG_HOME", stated), ("HOME", home)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    expected = Path(platformdirs.user_config_dir("pgtopo", appauthor=False))
    assert own_folders.config() == expected
