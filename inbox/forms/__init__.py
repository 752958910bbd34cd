"""The forms of the inbox: the shape of what comes in, and sentences for what does not fit."""
