"""Districts, schools, the people who log in, scope, permissions, calendars and audit."""
