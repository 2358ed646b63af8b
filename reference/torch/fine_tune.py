"""Writes fine_tune.json here, by hand (pip install --no-deps fastai==2.8.12 fastcore==2.2.39): what fastai's fine_tune does.

fastai's own code is run from its source, without importing the rest of it and all it needs: `fine_tune`, `fit_one_cycle`, the
schedules, and the optimizer's groups. Only the loop around them is ours: it counts as fastai's does, and trains nothing.
"""

import ast
import importlib.metadata
import importlib.util
import json
import math
from pathlib import Path

import numpy as np
import torch
from fastcore.basics import even_mults, store_attr
from fastcore.foundation import L

SCHEDULES = ["sched_cos", "SchedCos", "combine_scheds", "combined_cos", "fit_one_cycle", "fine_tune"]


def code(path, names, scope):
    package = Path(importlib.util.find_spec("fastai").origin).parent
    tree = ast.parse((package / path).read_text())
    kinds = (ast.FunctionDef, ast.ClassDef)
    tree.body = [node for node in tree.body if isinstance(node, kinds) and node.name in names]
    for node in tree.body:
        node.decorator_list = []
    exec(compile(tree, path, "exec"), scope)  # noqa: S102
    return scope


scope = {"np": np, "L": L, "torch": torch, "tensor": lambda x: torch.tensor(x, dtype=torch.float64)}
scope |= {"math": math, "even_mults": even_mults, "store_attr": store_attr, "Tensor": torch.Tensor}
scope["Learner"] = object
scope["ParamScheduler"] = lambda schedules: [schedules]
code("optimizer.py", ["_BaseOptimizer"], scope)
code("callback/schedule.py", ["_Annealer", *SCHEDULES], scope)


class Optimizer(scope["_BaseOptimizer"]):
    def __init__(self, groups):
        self.param_lists = [[] for _ in range(groups)]
        self.hypers = [{} for _ in range(groups)]


class Learner:
    """The part of fastai's Learner that the recipe uses."""

    lr, moms = 1e-3, (0.95, 0.85, 0.95)
    fit_one_cycle = scope["fit_one_cycle"]
    fine_tune = scope["fine_tune"]

    def __init__(self, groups, batches):
        self.opt, self.batches, self.steps = Optimizer(groups), batches, []

    def freeze(self):
        self.opt.freeze()

    def unfreeze(self):
        self.opt.unfreeze()

    def fit(self, epochs, cbs, **_):
        trained = 0.0
        for _ in range(epochs * self.batches):
            for name, schedule in cbs[0].items():
                self.opt.set_hyper(name, schedule(trained))
            rates = [float(hyper["lr"]) for hyper in self.opt.hypers]
            frozen = self.opt.frozen_idx
            self.steps.append({"frozen": frozen, "rates": rates, "momentum": float(self.opt.hypers[-1]["mom"])})
            trained += 1.0 / (self.batches * epochs)


CASES = [
    {"groups": 3, "batches": 7, "freeze_epochs": 1, "epochs": 3},
    {"groups": 9, "batches": 4, "freeze_epochs": 2, "epochs": 2, "base_lr": 1e-2, "lr_mult": 30, "pct_start": 0.4, "div": 8.0},
    {"groups": 2, "batches": 1, "freeze_epochs": 1, "epochs": 1},
]
result = {"script": "fine_tune.py", "cases": []}
result["tools"] = {tool: importlib.metadata.version(tool) for tool in ["fastai", "fastcore", "numpy", "torch"]}
for case in CASES:
    options = dict(case)
    learner = Learner(options.pop("groups"), options.pop("batches"))
    learner.fine_tune(**options)
    result["cases"].append({**case, "steps": learner.steps})
Path(__file__).with_suffix(".json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
