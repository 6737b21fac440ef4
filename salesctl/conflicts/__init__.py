"""Two account managers, one customer (A-7.4, A-7.5)."""
