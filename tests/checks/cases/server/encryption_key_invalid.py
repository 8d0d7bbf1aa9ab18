from tests.checks.expect import Case, fail, ok, skip, unknown
from tests.checks.homes import injected
from tests.estates.world import World

CHECK = "PGT711"


def _key(status: str | None) -> World:
    held = {"type": "AzureKeyVault"}
    if status:
        held["primaryEncryptionKeyStatus"] = status
    return injected(dataEncryption=held).world


CASES: list[Case] = [
    ("valid", lambda: _key("Valid"), ok),
    ("near miss: Azure's own key", lambda: injected().world, skip),
    ("invalid", lambda: _key("Invalid"), fail("error", says="Invalid")),
    ("not stated", lambda: _key(None), unknown("does not state")),
]
