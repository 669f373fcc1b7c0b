"""Ways to draw a Pose, one small file each."""
