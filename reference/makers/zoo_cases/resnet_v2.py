from keras.applications import ResNet50V2, ResNet101V2, ResNet152V2

from .model import Model

MODELS = {
    "resNet50V2": Model(ResNet50V2, sizes=(32, 75), training_size=64),
    "resNet101V2": Model(ResNet101V2, sizes=(32, 75), training_size=64, deeper=True),
    "resNet152V2": Model(ResNet152V2, sizes=(32, 75), training_size=64, deeper=True),
}
