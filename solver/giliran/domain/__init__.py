"""What exists: calendars, units, staff, facts, selections, schedules, ledgers. Knows no rule and no solver."""
