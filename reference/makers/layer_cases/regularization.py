"""What draws random numbers in training, besides Dropout, and passes its input at other times."""

from keras import layers

from .models import chain

CASES = [
    ("SpatialDropout1D", chain((4, 3), lambda: layers.SpatialDropout1D(0.3))),
    ("SpatialDropout2D", chain((2, 3, 2), lambda: layers.SpatialDropout2D(0.3))),
    ("SpatialDropout3D", chain((1, 2, 2, 2), lambda: layers.SpatialDropout3D(0.3))),
    ("GaussianNoise", chain((4,), lambda: layers.GaussianNoise(0.2))),
    ("GaussianDropout", chain((4,), lambda: layers.GaussianDropout(0.2))),
    ("AlphaDropout", chain((4, 3), lambda: layers.AlphaDropout(0.2, noise_shape=(None, 4, 1)))),
]
