"""What calmtray says: the languages, and the sentences for codes and problems."""
