"""How each error is provoked: a file for a code, from which `salesctl/help/errors.md` is made."""
