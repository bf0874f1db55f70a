"""What every method of the engine works on: parts, arrays, the budget of time, and what is asked and answered."""
