"""Is this a bad moment? One sense a file, asked only when an offer is due. No Qt, no thread, nothing kept open."""
