"""Laws on whole numbers: trials, counts, categories."""
