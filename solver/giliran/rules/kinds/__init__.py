"""Kinds of rules and goals that files may name: each is a file or a folder of its own, its home, and no home imports another."""
