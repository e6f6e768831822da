"""Monte Carlo: estimates by drawing, each beside its exact value and with its error."""
