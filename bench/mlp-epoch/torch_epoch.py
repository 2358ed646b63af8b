"""PyTorch's side: seconds of each epoch after the first, printed as JSON.

All images are one tensor, from which a batch is picked: a DataLoader, which collates one by one, takes several times as long.
"""

import json
import os
import resource
import sys
import time

sys.path.append(os.path.join(os.path.dirname(__file__), "..", "lib"))

import torch
from fashion_mnist import load, task_a
from torch import nn

EPOCHS = 3
BATCH_SIZE = 32

x, y = (torch.from_numpy(part) for part in task_a(*[part[5000:] for part in load("train")]))
y = y.long()
torch.manual_seed(1)
layers, inputs = [], 784
for units in (300, 100, 50, 50, 50):
    layers += [nn.Linear(inputs, units), nn.SELU()]
    inputs = units
if "dropout" in sys.argv:
    layers.append(nn.Dropout(0.2))
model = nn.Sequential(*layers, nn.Linear(inputs, 8))
for layer in model:
    if isinstance(layer, nn.Linear):
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
if sys.argv[1] == "adam":
    optimizer = torch.optim.Adam(model.parameters(), fused=True)
else:
    optimizer = torch.optim.SGD(model.parameters(), 1e-3, fused=True)
loss_of = nn.CrossEntropyLoss()
seconds = []
for epoch in range(EPOCHS + 1):
    started = time.perf_counter()
    total, correct = torch.zeros(()), torch.zeros((), dtype=torch.long)
    for indices in torch.randperm(len(x)).split(BATCH_SIZE):
        labels = y[indices]
        optimizer.zero_grad(set_to_none=True)
        logits = model(x[indices])
        loss = loss_of(logits, labels)
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            total += loss * len(indices)
            correct += (logits.argmax(1) == labels).sum()
    assert correct.item() / len(x) > 0.5, "it does not learn"
    seconds.append(time.perf_counter() - started)
print(
    json.dumps(
        {
            "seconds": seconds[1:],
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "versions": {"torch": torch.__version__},
        }
    )
)
