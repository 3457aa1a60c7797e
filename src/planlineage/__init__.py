"""planlineage."""
