"""Staff lists as personnel offices export them: what is a person, what a heading, what paper leaves behind. Knows no file format."""
