"""What makes one tensor of several."""

from keras import layers

from .models import joined

SHAPES = [(2, 3), (2, 3), (1, 3)]

CASES = [
    ("Add", joined(SHAPES, lambda: layers.Add())),
    ("Subtract", joined([(2, 3), (2, 3)], lambda: layers.Subtract())),
    ("Subtract: of other shapes", joined([(3,), (2, 3)], lambda: layers.Subtract())),
    ("Multiply", joined(SHAPES, lambda: layers.Multiply())),
    ("Average", joined(SHAPES, lambda: layers.Average())),
    ("Maximum", joined(SHAPES, lambda: layers.Maximum())),
    ("Minimum", joined(SHAPES, lambda: layers.Minimum())),
    ("Dot", joined([(4,), (4,)], lambda: layers.Dot(1))),
    ("Dot: of matrices", joined([(2, 3), (3, 4)], lambda: layers.Dot((2, 1)))),
    ("Dot: normalized", joined([(4,), (4,)], lambda: layers.Dot(1, normalize=True))),
    ("Concatenate", joined([(2, 3), (4, 3)], lambda: layers.Concatenate(axis=1))),
    ("Concatenate: last axis", joined([(2, 3), (2, 1), (2, 2)], lambda: layers.Concatenate())),
]
