"""What stands on a paper, before it is known on what it is printed."""
