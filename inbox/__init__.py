"""The shared inbox: conversations, routing, clocks, answers and their delivery."""
