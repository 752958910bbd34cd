"""Districts: hosts, scope, people, calendars."""
