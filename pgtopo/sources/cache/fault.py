"""The one reason why a cache is not used."""


class CacheFault(Exception):
    """A cache that cannot, or must not, be used; the text says why in a few words."""
