"""Words for who else is hit where no client is known by name."""

from pgtopo.views.signs import count


def unresolved(networks: int) -> str:
    """How many other networks fail on the name; empty where none does."""
    if not networks:
        return ""
    does = "does" if networks == 1 else "do"
    return f"{count(networks, 'network')} {does} not get the server's address for its name either"


def nobody(networks: int, *, has_known_clients: bool) -> str:
    """What is known where nobody else is found: that nobody is declared is no comfort."""
    text = (
        "nobody else that is meant to connect is known to be hit"
        if has_known_clients
        else "nobody is declared as a client, so others may be hit"
    )
    told = unresolved(networks)
    if not told:
        return text
    return f"{text}; {told}" if has_known_clients else f"nobody is declared as a client; {told}"
