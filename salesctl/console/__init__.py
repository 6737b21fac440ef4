"""The shared console: words, typed values, options, tables, files."""
