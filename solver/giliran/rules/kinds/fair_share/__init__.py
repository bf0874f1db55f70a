"""Fair shares: expected loads, who is compared with whom, and the goal over them."""
