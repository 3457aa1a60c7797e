"""What follows from lineage: coverage, deadlines and their status."""
