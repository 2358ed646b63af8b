"""What makes one tensor of several."""

from keras import layers

from .models import joined

CASES = [
    ("Add", joined([(2, 3), (2, 3)], lambda: layers.Add())),
    ("Concatenate", joined([(2, 3), (4, 3)], lambda: layers.Concatenate(axis=1))),
]
