"""The commands about imports as such: saved mappings."""
