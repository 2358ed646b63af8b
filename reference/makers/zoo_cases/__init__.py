"""The models of the zoo, a module a family: which function of Keras makes each, and what it is asked for."""

from . import (
    alexnet,
    densenet,
    efficientnet_lite,
    inception,
    mobilenet,
    nasnet,
    resnet,
    resnet_v2,
    vgg,
    xception,
)

# A new family is a module with MODELS, and one entry here; each family is one fixture.
FAMILIES = {
    "alexnet": alexnet.MODELS,
    "densenet": densenet.MODELS,
    "efficientnet-lite": efficientnet_lite.MODELS,
    "inception": inception.MODELS,
    "mobilenet": mobilenet.MODELS,
    "nasnet": nasnet.MODELS,
    "resnet": resnet.MODELS,
    "resnet-v2": resnet_v2.MODELS,
    "vgg": vgg.MODELS,
    "xception": xception.MODELS,
}
