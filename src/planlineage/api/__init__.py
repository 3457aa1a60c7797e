"""The functions of the flat namespace, in rooms by subject: each takes plans, shipped ids or paths, and returns a result."""
