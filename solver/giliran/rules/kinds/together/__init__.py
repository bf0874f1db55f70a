"""People who have the same place, or come on the same days."""
