"""People or cohorts that are kept apart."""
