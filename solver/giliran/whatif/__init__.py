"""Answers about a plan: what something else would cost, asked of the instance with something changed."""
