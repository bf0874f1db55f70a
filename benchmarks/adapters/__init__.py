"""Instances written by others, read from a folder that the user names."""
