"""The stand-in for Azure, as the tests of live data start it."""

from tests.live.conftest import no_proxy, start

__all__ = ["no_proxy", "start"]
