"""`python -m tests.derive`: write everything that is derived."""

from tests.derive import packs, rows, words
from tests.errors import provoking

rows.write()
packs.write()
words.write()
provoking.write()
