"""Why something was decided as it was: the recorded working, and the clauses it rests on."""
