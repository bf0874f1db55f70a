"""Teams that take turns, given or formed by the solver."""
