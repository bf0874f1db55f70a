"""Random instances over all kinds and fields, held against an oracle that shares no code with the planner."""
