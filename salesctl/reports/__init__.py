"""Weekly reports, customer logs and meetings (A-7)."""
