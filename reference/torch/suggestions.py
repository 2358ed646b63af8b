"""Writes suggestions.json here, by hand (pip install --no-deps fastai==2.8.12): what fastai's rules read off loss curves.

The rules are plain functions; they are run from fastai's source without importing the rest of it and all it needs.
"""

import ast
import importlib.metadata
import importlib.util
import json
from pathlib import Path

import numpy as np
import torch

RULES = ["valley", "slide", "minimum", "steep"]
STEPS = 100
SEED = 5


def rules():
    package = Path(importlib.util.find_spec("fastai").origin).parent
    tree = ast.parse((package / "callback" / "schedule.py").read_text())
    tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in RULES]
    scope = {"np": np, "to_np": lambda tensor: tensor.numpy()}
    exec(compile(tree, "schedule.py", "exec"), scope)  # noqa: S102
    return {name: scope[name] for name in RULES}


def curves(random):
    """Smoothed losses of range tests: flat, a fall, a burst; some noisy, some cut off."""
    position = np.linspace(0, 1, STEPS)
    shapes = [(0.4, 0.8, 0, 100), (0.5, 0.85, 0.01, 100), (0.3, 0.7, 0.05, 82)]
    for fall, burst, noise, length in [*shapes, (0.6, 0.95, 0.2, 100), (0.2, 0.5, 0.02, 55)]:
        falling = 2.3 - 1.5 / (1 + np.exp(-20 * (position - fall)))
        losses = falling + 4 * np.exp(30 * (position - burst)).clip(0, 3)
        yield (losses + noise * random.standard_normal(STEPS))[:length]
    yield np.linspace(1.4, 1, 40) ** 3
    yield np.linspace(1, 1.4, 60) ** 3


result = {"script": "suggestions.py", "seed": SEED, "steps": STEPS, "cases": []}
result["tools"] = {tool: importlib.metadata.version(tool) for tool in ["fastai", "numpy", "torch"]}
for losses in curves(np.random.default_rng(SEED)):
    rates = 1e-7 * (10 / 1e-7) ** (np.arange(len(losses)) / STEPS)
    cut = [torch.tensor(values[STEPS // 10 : -5], dtype=torch.float64) for values in (rates, losses)]
    suggestions = {name: rule(*cut, STEPS)[0] for name, rule in rules().items()}
    result["cases"].append({"rates": list(rates), "losses": list(losses), "suggestions": suggestions})
Path(__file__).with_suffix(".json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
