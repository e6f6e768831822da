"""Laws of positive numbers: waiting times, sizes, incomes."""
