"""What prepares an input: scaling and resizing."""

CASES = []
