"""The progress store and what follows from it: who reported what when, and how each task stands on a given day.

`store` holds the events, `entries` checks what goes in, `history` reads the ledger as of a day, `standing` and `recurring`
judge, `status` reports. It stands beside analysis, and takes from the plans alone what is owed and when.
"""
