"""When offers may come: the editors of the page about offers."""
