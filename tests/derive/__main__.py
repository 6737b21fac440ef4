"""`python -m tests.derive`: write everything that is derived."""

from tests.derive import packs, rows, words

rows.write()
packs.write()
words.write()
