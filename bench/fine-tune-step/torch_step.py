"""PyTorch's side: seconds of each step, by the clock and of the processor, printed as JSON.

The network is torchvision's MobileNetV2, written out, with a head of as many classes.
"""

import json
import resource
import sys
import time

import torch
from torch import nn

size, batch_size, classes, warm, steps = map(int, sys.argv[1:])
# Expansion, channels, blocks, stride.
STAGES = [
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
]


def conv(inputs, outputs, kernel, stride=1, groups=1, activation=True):
    layers = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)]
    layers.append(nn.BatchNorm2d(outputs))
    return layers + ([nn.ReLU6(inplace=True)] if activation else [])


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride, expansion):
        super().__init__()
        wide = inputs * expansion
        first = conv(inputs, wide, 1) if expansion > 1 else []
        body = first + conv(wide, wide, 3, stride, wide) + conv(wide, outputs, 1, activation=False)
        self.body = nn.Sequential(*body)
        self.adds = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.body(x) if self.adds else self.body(x)


layers, channels = conv(3, 32, 3, 2), 32
for expansion, outputs, blocks, stride in STAGES:
    for i in range(blocks):
        layers.append(Block(channels, outputs, 1 if i else stride, expansion))
        channels = outputs
layers += conv(channels, 1280, 1) + [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1280, classes)]
torch.manual_seed(1)
# The layout that convolutions run in; without it, it would be slower.
model = nn.Sequential(*layers).to(memory_format=torch.channels_last).train()
optimizer = torch.optim.Adam(model.parameters(), fused=True)
loss_of = nn.CrossEntropyLoss()
x = (torch.rand(batch_size, 3, size, size) * 2 - 1).to(memory_format=torch.channels_last)
y = torch.arange(batch_size) % classes
seconds, processor = [], []
for step in range(warm + steps):
    started = time.perf_counter(), time.process_time()
    optimizer.zero_grad(set_to_none=True)
    loss = loss_of(model(x), y)
    loss.backward()
    optimizer.step()
    if step >= warm:
        seconds.append(time.perf_counter() - started[0])
        processor.append(time.process_time() - started[1])
assert torch.isfinite(loss)
print(
    json.dumps(
        {
            "seconds": seconds,
            "processorSeconds": processor,
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "versions": {"torch": torch.__version__},
        }
    )
)
