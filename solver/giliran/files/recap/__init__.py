"""Plans of many agencies, read from their workbooks and added up for a month."""
