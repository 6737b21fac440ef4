"""The information form of a new customer: complete, then signed in order (E-7)."""
