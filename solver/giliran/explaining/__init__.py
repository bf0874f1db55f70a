"""Why an instance cannot be planned, and what would make it possible."""

from giliran.explaining.explain import explain, plannable
from giliran.explaining.explanation import Clash, ClashMember, ClashProof, Decider, Explanation, Repair

__all__ = ["Clash", "ClashMember", "ClashProof", "Decider", "Explanation", "Repair", "explain", "plannable"]
