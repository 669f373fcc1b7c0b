"""What a step shows beside its words: one file per prop."""
