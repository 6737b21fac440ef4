"""The sample department: its files as such offices keep them, and the main job run on them."""
