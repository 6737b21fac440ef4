"""The shared ledger: the one way to write, and a journal that shows any change."""
