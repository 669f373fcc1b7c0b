"""When to offer a practice: rules, the planner, and what became of each offer."""
