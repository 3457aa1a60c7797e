"""The lineage graph over many plans and levels."""
