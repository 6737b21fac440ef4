"""The sales office's daily duties: duty check, working hours, register, calls (D-5, D-7 to D-9)."""
