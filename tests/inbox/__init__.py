"""The inbox: conversations, promises, answers."""
