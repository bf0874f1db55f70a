"""Reading and writing texts."""
