"""One run of a practice: its timeline, its breath, its states, and the runner that plays it."""
