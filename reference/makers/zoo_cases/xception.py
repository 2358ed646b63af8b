from keras.applications import Xception

from .model import Model

MODELS = {"xception": Model(Xception, sizes=(71, 96), training_size=96)}
