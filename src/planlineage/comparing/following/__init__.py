"""Which statement of a later report answers which promise of a plan, and what it says became of it."""
