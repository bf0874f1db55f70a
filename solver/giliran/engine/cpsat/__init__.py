"""CP-SAT: one call, a part as its model, and the search tier after tier. The only folder that imports ortools' CP-SAT."""
