"""Two made-up districts at work, for whoever looks at the product for the first time."""
