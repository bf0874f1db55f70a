"""Peers: what people would use instead, on the same compiled program and the same strict tiers, each in a process of its own."""
