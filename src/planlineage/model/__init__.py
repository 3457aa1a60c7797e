"""The ground floor: what a plan, a task, a commitment and an edge are. Nothing here reads or links."""
