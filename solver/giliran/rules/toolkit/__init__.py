"""What several kinds share: counting, limits, windows, people, tables of shares."""
