"""What is derived from a source and kept beside it: rows, compiled packs, the catalogue."""
