"""Entries and snapshots as they go over the wire, one module per audience.

Words are read when an entry is rendered, never kept in it: an entry read after a removal has none.
"""
