"""Every client subnet against every server: names, private and public ways put together.

Private ways are those of `analysis.many`, which names are looked up by as well.
"""
