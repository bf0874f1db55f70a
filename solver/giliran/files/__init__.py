"""Reading and writing files: instances, schedules, results."""
