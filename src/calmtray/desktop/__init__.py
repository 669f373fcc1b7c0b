"""The machine calmtray lives on."""
