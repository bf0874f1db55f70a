"""Days of everybody in a window: quotas, and the rule over them."""
