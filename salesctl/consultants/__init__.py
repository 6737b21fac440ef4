"""Who is bound by the property regulation, and who may not come back (D-10 to D-12)."""
