"""Earshot on one machine: its environment, its own servers, its processes and its checks."""
