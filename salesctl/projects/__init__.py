"""An agency's project from the first meeting to follow-up service (B-1 to B-4)."""
