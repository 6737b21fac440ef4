"""An account executive beside an account manager, and how they share (A-10)."""
