"""Made-up surveys for the demo districts, for whoever looks at the product for the first time."""
