"""What the program promises about its ledger, each promise as a function of how hard it is tried.

`make test` tries each a little; `make soak` tries it at length and prints what was reached.
"""
