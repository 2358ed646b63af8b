from keras.applications import InceptionResNetV2, InceptionV3

from .model import Model

MODELS = {
    "inceptionV3": Model(InceptionV3, sizes=(75, 107), training_size=107),
    "inceptionResNetV2": Model(InceptionResNetV2, sizes=(75, 107), training_size=107, deeper=True),
}
