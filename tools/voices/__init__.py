"""The recorder of the bundled voices: ``python3 dev.py voices``. The story is told in docs/voices.md."""
