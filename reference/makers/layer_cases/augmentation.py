"""What changes images at random while a model trains, and passes them at other times, as they are compared here."""

from keras import layers

from .models import chain

IMAGES = (3, 4, 3)
FIRST = {"data_format": "channels_first"}


def images(make, shape=IMAGES):
    return chain(shape, make)


CASES = [
    ("RandomFlip", images(lambda: layers.RandomFlip())),
    ("RandomFlip: horizontal", images(lambda: layers.RandomFlip("horizontal", seed=3))),
    ("RandomRotation", images(lambda: layers.RandomRotation(0.2))),
    ("RandomRotation: filled", images(lambda: layers.RandomRotation((-0.2, 0.1), "constant", "nearest", fill_value=0.5))),
    ("RandomZoom", images(lambda: layers.RandomZoom(0.2))),
    ("RandomZoom: width", images(lambda: layers.RandomZoom((-0.2, 0.1), 0.3, "wrap"))),
    ("RandomTranslation", images(lambda: layers.RandomTranslation(0.2, (-0.1, 0.3), "nearest"))),
    ("RandomTranslation: channels first", images(lambda: layers.RandomTranslation(0.2, 0.1, **FIRST), (3, 3, 4))),
    ("RandomShear", images(lambda: layers.RandomShear(0.3, 0.2))),
    ("RandomCrop", images(lambda: layers.RandomCrop(3, 4, seed=1))),
    ("RandomBrightness", images(lambda: layers.RandomBrightness(0.2))),
    ("RandomBrightness: range", images(lambda: layers.RandomBrightness((-0.1, 0.2), value_range=(0, 1)))),
    ("RandomContrast", images(lambda: layers.RandomContrast((0.2, 0.3)))),
    ("RandomGrayscale", images(lambda: layers.RandomGrayscale(0.3))),
    ("RandomInvert", images(lambda: layers.RandomInvert(0.3))),
    ("Solarization", images(lambda: layers.Solarization(0.1, 0.4))),
]
