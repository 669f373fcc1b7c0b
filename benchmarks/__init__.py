"""What calmtray costs, each figure beside a baseline measured in the same run: ``python3 dev.py bench``."""
