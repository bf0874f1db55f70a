"""Instances made from a seed: synthetic governments of any size."""

from giliran.generating.government import GeneratedInstance, generate, generate_to
from giliran.generating.options import DEFAULT_FAMILIES, Family, GenerateOptions, parse_families

__all__ = ["DEFAULT_FAMILIES", "Family", "GenerateOptions", "GeneratedInstance", "generate", "generate_to", "parse_families"]
