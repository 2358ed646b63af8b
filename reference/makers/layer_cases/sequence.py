"""What begins a network of sequences."""

from keras import layers

from .models import chain

CASES = [
    # Indices from 0: an input of the matrix may be negative.
    ("Embedding", chain((5,), lambda: layers.ReLU(), lambda: layers.Embedding(6, 3))),
    ("Embedding: mask", chain((5,), lambda: layers.ReLU(), lambda: layers.Embedding(6, 3, mask_zero=True))),
    ("Masking", chain((4, 2), lambda: layers.ReLU(), lambda: layers.Masking())),
]
