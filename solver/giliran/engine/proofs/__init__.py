"""Proofs: multipliers of what people share, for every tier and part, and the plans that earlier tiers leave."""
