"""What results are to programs: models of records, and the rows of a schedule as text. Knows no file and no path."""
