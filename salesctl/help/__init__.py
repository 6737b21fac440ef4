"""The pages shipped with the program, and a script that proves a ledger without it."""
