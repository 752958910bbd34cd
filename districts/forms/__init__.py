"""The shape of what people type into the districts app's pages."""
