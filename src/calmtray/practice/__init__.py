"""What a practice is: values, the file format, and the practices on this machine."""
