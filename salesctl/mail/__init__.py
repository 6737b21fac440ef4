"""Letters that go out, kept in the ledger until they are sent."""
