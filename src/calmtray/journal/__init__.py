"""What happened: every session the user ran."""
