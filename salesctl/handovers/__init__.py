"""A leaver's customers change hands (E-4 to E-10)."""
