from keras.applications import VGG16, VGG19

from .model import Model

MODELS = {
    "vgg16": Model(VGG16, sizes=(32, 50), training_size=32),
    "vgg19": Model(VGG19, sizes=(32, 50), training_size=32, deeper=True),
}
