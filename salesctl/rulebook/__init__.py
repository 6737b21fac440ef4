"""The regulation and the ledger, shown and checked."""
