"""What the user's calendars say of these days: read in a process of its own, that ends when it has said so."""
