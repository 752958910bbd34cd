"""Net Promoter Scores, segments, trends and the communications gap."""
