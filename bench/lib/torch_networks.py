"""Networks of PyTorch as ONNX: torch_networks.py NAME OUT. Random weights; the layers and their order are torchvision's and
timm's."""

import json
import os
import sys

import torch
from torch import nn


def conv(inputs, outputs, size, stride=1, groups=1, activation=nn.ReLU6):
    layers = [nn.Conv2d(inputs, outputs, size, stride, size // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, *([activation()] if activation else []))


class Residual(nn.Module):
    """The sum of two branches, and an activation."""

    def __init__(self, body, shortcut=None, activation=None):
        super().__init__()
        self.body, self.shortcut = body, shortcut or nn.Identity()
        self.activation = activation or nn.Identity()

    def forward(self, x):
        return self.activation(self.body(x) + self.shortcut(x))


def inverted(inputs, outputs, size, stride, expansion):
    wide = inputs * expansion
    first = [conv(inputs, wide, 1)] if expansion > 1 else []
    body = nn.Sequential(*first, conv(wide, wide, size, stride, wide), conv(wide, outputs, 1, activation=None))
    return Residual(body) if stride == 1 and inputs == outputs else body


def mobile(stages):
    """The form that MobileNetV2 and EfficientNet-Lite0 share. A stage: expansion, channels, blocks, stride, kernel size."""
    layers, channels = [conv(3, 32, 3, 2)], 32
    for expansion, outputs, blocks, stride, size in stages:
        for i in range(blocks):
            layers.append(inverted(channels, outputs, size, 1 if i else stride, expansion))
            channels = outputs
    head = [conv(channels, 1280, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1280, 1000), nn.Softmax(1)]
    return nn.Sequential(*layers, *head)


def bottleneck(inputs, inner, stride):
    outputs = 4 * inner
    body = nn.Sequential(
        conv(inputs, inner, 1, activation=nn.ReLU),
        conv(inner, inner, 3, stride, activation=nn.ReLU),
        conv(inner, outputs, 1, activation=None),
    )
    shortcut = None if inputs == outputs else conv(inputs, outputs, 1, stride, activation=None)
    return Residual(body, shortcut, nn.ReLU())


def res_net_50():
    layers, channels = [conv(3, 64, 7, 2, activation=nn.ReLU), nn.MaxPool2d(3, 2, 1)], 64
    for inner, blocks, stride in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        for i in range(blocks):
            layers.append(bottleneck(channels, inner, 1 if i else stride))
            channels = 4 * inner
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2048, 1000), nn.Softmax(1))


NETWORKS = {
    "MobileNetV2": lambda: mobile(
        [
            (1, 16, 1, 1, 3),
            (6, 24, 2, 2, 3),
            (6, 32, 3, 2, 3),
            (6, 64, 4, 2, 3),
            (6, 96, 3, 1, 3),
            (6, 160, 3, 2, 3),
            (6, 320, 1, 1, 3),
        ]
    ),
    "EfficientNetLite0": lambda: mobile(
        [
            (1, 16, 1, 1, 3),
            (6, 24, 2, 2, 3),
            (6, 40, 2, 2, 5),
            (6, 80, 3, 2, 3),
            (6, 112, 3, 1, 5),
            (6, 192, 4, 2, 5),
            (6, 320, 1, 1, 3),
        ]
    ),
    "ResNet50": res_net_50,
}

name, out = sys.argv[1:]
torch.manual_seed(7)
model = NETWORKS[name]().eval()
batch = {0: "batch"}
torch.onnx.export(
    model,
    (torch.zeros(1, 3, 224, 224),),
    f"{out}.tmp",
    input_names=["images"],
    output_names=["predictions"],
    dynamic_axes={"images": batch, "predictions": batch},
    opset_version=18,
    dynamo=False,
)
os.replace(f"{out}.tmp", out)
print(json.dumps({"torch": torch.__version__}))
