from keras.applications import ResNet50, ResNet101, ResNet152

from .model import Model

MODELS = {
    "resNet50": Model(ResNet50, sizes=(32, 75), training_size=64),
    "resNet101": Model(ResNet101, sizes=(32, 75), training_size=64, deeper=True),
    "resNet152": Model(ResNet152, sizes=(32, 75), training_size=64, deeper=True),
}
