"""Which logins there are to try, by what this machine holds: nobody is asked, nothing is sent."""

import os
import shutil

from pgtopo.reports.doctor.item import Item, Section, State
from pgtopo.sources.azure.request import Auth, Request
from pgtopo.sources.cache.login_hint import profile

_SECRETS = ("AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH")
_WORKLOAD = ("AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE")
_MANAGED = ("IDENTITY_ENDPOINT", "MSI_ENDPOINT", "IMDS_ENDPOINT")


def section(request: Request) -> Section:
    """Every way to log in, and whether something is set up for it here."""
    items = [_environment(), _workload(), _cli(), _device(), _managed()]
    usable = [item.name for item in items if item.state is State.OK]
    if request.auth is Auth.DEFAULT and not _by_default(usable):
        chosen = Item(
            name=Auth.DEFAULT.value,
            state=State.WARNING,
            text="nothing that --auth default tries is set up here",
            hint="run 'az login', or use --auth device",
        )
        items.insert(0, chosen)
    facts = {"auth": request.auth.value, "set_up": usable}
    return Section(name="credentials", items=tuple(items), facts=facts)


def _by_default(usable: list[str]) -> bool:
    return any(auth.value in usable for auth in (Auth.ENV, Auth.WORKLOAD, Auth.CLI))


def _item(auth: Auth, text: str, *, is_there: bool, hint: str = "") -> Item:
    state = State.OK if is_there else State.NOTE
    return Item(name=auth.value, state=state, text=text, hint=hint)


def _environment() -> Item:
    missing = [name for name in ("AZURE_CLIENT_ID", "AZURE_TENANT_ID") if not _is_set(name)]
    if not any(_is_set(name) for name in _SECRETS):
        missing.append(" or ".join(_SECRETS))
    if missing:
        return _item(Auth.ENV, f"not set: {', '.join(missing)}", is_there=False)
    return _item(Auth.ENV, "a client id, a tenant and a secret are set", is_there=True)


def _workload() -> Item:
    missing = [name for name in _WORKLOAD if not _is_set(name)]
    if missing:
        return _item(Auth.WORKLOAD, f"not set: {', '.join(missing)}", is_there=False)
    return _item(Auth.WORKLOAD, "a federated token file is set", is_there=True)


def _cli() -> Item:
    if shutil.which("az") is None:
        return _item(Auth.CLI, "the Azure CLI (az) is not on the path", is_there=False)
    known = profile()
    if not known:
        return Item(
            name=Auth.CLI.value,
            state=State.WARNING,
            text="the Azure CLI is here, and nobody is logged in",
            hint="run 'az login'",
        )
    user = next((one.get("user") for one in known if one.get("isDefault") is True), None)
    who = f" as {user.get('name')}" if isinstance(user, dict) else ""
    text = f"the Azure CLI was logged in{who}: it knows {len(known)} subscriptions"
    return _item(Auth.CLI, text, is_there=True, hint="its token may have expired: --online tells")


def _device() -> Item:
    return _item(Auth.DEVICE, "needs nothing here: a code to type in any browser", is_there=False)


def _managed() -> Item:
    found = [name for name in _MANAGED if _is_set(name)]
    if found:
        return _item(Auth.MI, f"{found[0]} is set", is_there=True)
    text = "no sign of a managed identity; on a virtual machine only asking tells (--online)"
    return _item(Auth.MI, text, is_there=False)


def _is_set(name: str) -> bool:
    return bool(os.environ.get(name))
