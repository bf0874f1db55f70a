"""What holds although nobody wrote it: absences and places given, published or fixed, and what everybody is told."""
