"""Small directed models: nodes that are drawn one after another, each given its parents; their exact laws beside them."""
