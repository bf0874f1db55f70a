"""Parts that are min-cost flows: found from their rows, solved tier after tier on whole arrays."""
