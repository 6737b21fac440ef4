"""How workflows are made, checked, taught and revised (C-3 to C-8)."""
