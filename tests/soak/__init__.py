"""The long forms of all promises, and the table of what was reached."""
