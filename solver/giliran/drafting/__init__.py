"""From a list of the personnel office and the letter to an instance that a planner can look through: `giliran new`."""
