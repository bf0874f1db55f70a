"""How full the office should be: targets for each day, evenness over the days, and the goal over them."""
