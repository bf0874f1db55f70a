"""How often something happens to people, pairs, sets or groups: in how many weekends, weeks, days or pairs."""
