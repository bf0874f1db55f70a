"""How many days in a row: runs of days, and the rule over them."""
