"""Tables that people fill in: sheets and their cells as values, the titles of columns, and what became of an import."""
