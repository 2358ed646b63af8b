"""Writes schedules.json here, by hand: rates (and momenta) of torch's schedulers, one value a step."""

import importlib.metadata
import json
import warnings
from pathlib import Path

import torch
from torch.optim import lr_scheduler

STEPS = 60
RATE = 0.1

CASES = [
    ("LinearLR", {"start_factor": 0.25, "end_factor": 1.0, "total_iters": 20}),
    ("LinearLR", {"start_factor": 1.0, "end_factor": 0.0, "total_iters": 40}),
    ("PolynomialLR", {"total_iters": 40, "power": 2.0}),
    ("CosineAnnealingWarmRestarts", {"T_0": 10, "T_mult": 1, "eta_min": 0.01}),
    ("CosineAnnealingWarmRestarts", {"T_0": 5, "T_mult": 3, "eta_min": 0.0}),
    ("CyclicLR", {"base_lr": 0.01, "max_lr": 0.1, "step_size_up": 7, "mode": "triangular"}),
    (
        "CyclicLR",
        {"base_lr": 0.0, "max_lr": 0.1, "step_size_up": 4, "step_size_down": 9, "mode": "triangular2"},
    ),
    ("CyclicLR", {"base_lr": 0.01, "max_lr": 0.1, "step_size_up": 10, "mode": "exp_range", "gamma": 0.97}),
    ("OneCycleLR", {"max_lr": 0.1, "total_steps": STEPS, "pct_start": 0.45, "anneal_strategy": "linear"}),
    ("OneCycleLR", {"max_lr": 0.1, "total_steps": STEPS, "pct_start": 0.4, "anneal_strategy": "cos"}),
]


def run(name, config):
    three = {"three_phase": True, "div_factor": 10.0, "final_div_factor": 1000.0}
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=RATE, momentum=0.9)
    fixed = three if name == "OneCycleLR" else {"cycle_momentum": False} if name == "CyclicLR" else {}
    scheduler = getattr(lr_scheduler, name)(optimizer, **config, **fixed)
    rates, momenta = [], []
    for step in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        momenta.append(optimizer.param_groups[0]["momentum"])
        optimizer.step()
        if step < STEPS - 1:
            scheduler.step()
    case = {"name": name, "config": config | fixed, "rates": rates}
    return case | ({"momenta": momenta} if name == "OneCycleLR" else {})


warnings.simplefilter("ignore")
result = {
    "script": "schedules.py",
    "tools": {"torch": importlib.metadata.version("torch")},
    "rate": RATE,
    "cases": [run(name, config) for name, config in CASES],
}
Path(__file__).with_suffix(".json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
