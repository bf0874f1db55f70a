"""Presolve: columns that are fixed leave, what nothing ties together is planned apart, sums are tried before any search."""
