from keras.applications import MobileNet, MobileNetV2

from .model import Model

MODELS = {
    "mobileNet": Model(
        MobileNet,
        sizes=(32, 75),
        training_size=64,
        variants=[{"alpha": 0.25}, {"alpha": 1.3, "depth_multiplier": 2, "dropout": 0.5}],
        training={"dropout": 0.0},
        slim={"alpha": 0.25},
    ),
    "mobileNetV2": Model(
        MobileNetV2,
        sizes=(32, 75),
        training_size=64,
        variants=[{"alpha": 0.35}, {"alpha": 1.4}],
        slim={"alpha": 0.35},
    ),
}
