"""The parts of the practice editor, one small file each."""
