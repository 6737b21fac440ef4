"""`python -m tests.derive`: write everything that is derived."""

from tests.derive import packs, rows

rows.write()
packs.write()
