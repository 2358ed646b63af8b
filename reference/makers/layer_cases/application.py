"""Layers that Keras's applications define for themselves."""

from keras.src.applications.convnext import LayerScale, StochasticDepth
from keras.src.applications.inception_resnet_v2 import CustomScaleLayer

from .models import chain, joined

CASES = [
    ("CustomScaleLayer", joined([(2, 3), (2, 3)], lambda: CustomScaleLayer(0.2))),
    ("LayerScale", chain((2, 3), lambda: LayerScale(1e-6, 3))),
    ("StochasticDepth", chain((2, 3), lambda: StochasticDepth(0.3))),
]
