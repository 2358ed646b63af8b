from keras.applications import DenseNet121, DenseNet169, DenseNet201

from .model import Model

MODELS = {
    "denseNet121": Model(DenseNet121, sizes=(32, 75), training_size=64),
    "denseNet169": Model(DenseNet169, sizes=(32, 75), training_size=64, deeper=True),
    "denseNet201": Model(DenseNet201, sizes=(32, 75), training_size=64, deeper=True),
}
