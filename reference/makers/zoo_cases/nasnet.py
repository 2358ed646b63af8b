from keras.applications import NASNetLarge, NASNetMobile

from .model import Model


def nasnet_large(**arguments):
    """Without a size, what Keras makes of it fails on every image; of NASNetMobile it takes the standard one instead."""
    return NASNetLarge(**{"input_shape": (331, 331, 3)} | arguments)


MODELS = {
    "nasNetMobile": Model(NASNetMobile, sizes=(32, 75), training_size=64),
    "nasNetLarge": Model(nasnet_large, sizes=(32, 75), training_size=64, deeper=True),
}
