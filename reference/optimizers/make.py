"""Twenty-five updates by the optimizers and wrappers that Keras has not, or not right, on TensorFlow; see README.md.

All in float64, on the variables and along the gradients of ../optimizer_problem.py.
"""

import contextlib
import importlib.metadata
import io
import json
import os
import platform
import sys
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"
HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import jax  # noqa: E402

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402
import optax  # noqa: E402
import torch  # noqa: E402
import torch_optimizer  # noqa: E402
from adabelief_pytorch import AdaBelief  # noqa: E402
from prodigyopt import Prodigy  # noqa: E402

keras.config.set_floatx("float64")

from optimizer_problem import (  # noqa: E402
    CHECKED,
    STEPS,
    VARIABLES,
    gradients,
    numbers,
    places,
    run,
    weights_at_first,
)

REQUIREMENTS = (HERE / "requirements.txt").read_text().splitlines()
TOOLS = [line.split("==")[0] for line in REQUIREMENTS if "==" in line]


def curvature():
    """Of a loss that depends on the weights: its gradient is that of the step plus curvature · w."""
    shapes = [shape for shape, _ in VARIABLES.values()]
    return [((places(shape) * 13 + v * 7) % 11) / 10 for v, shape in enumerate(shapes)]


LATE = {"variables": 2, "from": 10}


def unfrozen(make):
    """The first variables have no gradient at first: torch counts the steps of each parameter by themselves."""
    return {**with_torch(make, late=LATE), "late": LATE}


def with_torch(make, late=None):
    parameters = [torch.nn.Parameter(torch.tensor(np.array(w))) for w in weights_at_first()]
    with contextlib.redirect_stdout(io.StringIO()):
        optimizer = make(parameters)
    weights = {}
    for step in range(STEPS):
        frozen = late["variables"] if late and step < late["from"] else 0
        for i, (parameter, gradient) in enumerate(zip(parameters, gradients(step), strict=True)):
            parameter.grad = None if i < frozen else torch.tensor(np.array(gradient))
        optimizer.step()
        if step + 1 in CHECKED:
            weights[str(step + 1)] = numbers(p.detach().numpy() for p in parameters)
    return {"weights": weights}


def with_optax(transformation, curved=False):
    parameters = [jnp.asarray(w) for w in weights_at_first()]
    state = transformation.init(parameters)
    curves = curvature()

    def slopes(at, step):
        given = zip(gradients(step), curves, at, strict=True)
        return [jnp.asarray(g + (c * w if curved else 0)) for g, c, w in given]

    weights = {}
    for step in range(STEPS):
        more = {"grad_fn": lambda at, _: slopes(at, step)} if curved else {}
        updates, state = transformation.update(slopes(parameters, step), state, parameters, **more)
        parameters = optax.apply_updates(parameters, updates)
        if step + 1 in CHECKED:
            weights[str(step + 1)] = numbers(np.asarray(p) for p in parameters)
    return {"weights": weights, **({"curved": True} if curved else {})}


def one_cycle(make, *, rate, div_factor, corrected=False):
    """With OneCycleLR, which cycles the momentum, or the first β, beside the rate.

    @graftjs/optimizers has the rate in its buffer of momentum, as Keras does, and torch has not: `corrected` multiplies the
    momentum by the change of the rate, as Goyal et al. (2017) do, and both take the same steps.
    """
    parameters = [torch.nn.Parameter(torch.tensor(np.array(w))) for w in weights_at_first()]
    optimizer = make(parameters)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        max_lr=rate,
        total_steps=STEPS,
        three_phase=True,
        pct_start=0.45,
        anneal_strategy="linear",
        div_factor=div_factor,
        final_div_factor=1000.0,
    )
    rates, momenta, weights = [], [], {}
    for step in range(STEPS):
        (group,) = optimizer.param_groups
        rates.append(group["lr"])
        momenta.append(group["momentum"] if "momentum" in group else group["betas"][0])
        for parameter, gradient in zip(parameters, gradients(step), strict=True):
            parameter.grad = torch.tensor(np.array(gradient))
        optimizer.step()
        if step + 1 in CHECKED:
            weights[str(step + 1)] = numbers(p.detach().numpy() for p in parameters)
        if step + 1 < STEPS:
            scheduler.step()
    if not corrected:
        phases = {"steps": STEPS, "finalFraction": 0.1, "anneal": "linear"}
        factors = {"startFactor": 1 / div_factor, "finalFactor": 1 / div_factor / 1000}
        cycle = {
            "learning_rate": {"schedule": "oneCycle", "maxRate": rate, **factors, **phases},
            "beta_1": {"schedule": "oneCycleMomentum", "maxMomentum": 0.95, "minMomentum": 0.85, **phases},
        }
        return {"weights": weights, "config": cycle}
    changes = [1.0, *(after / before for before, after in zip(rates, rates[1:]))]
    corrected_momenta = [m * change for m, change in zip(momenta, changes, strict=True)]
    return {"weights": weights, "config": {"learning_rate": rates, "momentum": corrected_momenta}}


def lookahead(**settings):
    optimizer = optax.lookahead(optax.sgd(0.05, momentum=0.9), **settings)
    parameters = optax.LookaheadParams.init_synced([jnp.asarray(w) for w in weights_at_first()])
    state = optimizer.init(parameters)
    weights = {}
    for step in range(STEPS):
        updates, state = optimizer.update([jnp.asarray(g) for g in gradients(step)], state, parameters)
        parameters = optax.apply_updates(parameters, updates)
        if step + 1 in CHECKED:
            weights[str(step + 1)] = numbers(np.asarray(p) for p in parameters.fast)
    return {"weights": weights, "evaluation": numbers(np.asarray(p) for p in parameters.slow)}


def transposed(transformation):
    """optax's units come first, as in torch; Keras's come last."""

    def turn(arrays, there):
        move = (-1, 0) if there else (0, -1)
        return [jnp.moveaxis(a, *move) if jnp.ndim(a) > 1 else a for a in arrays]

    def update(updates, state, parameters=None):
        turned, state = transformation.update(turn(updates, True), state, parameters)
        return turn(turned, False), state

    return optax.GradientTransformation(transformation.init, update)


def lars(parameters):
    """Vectors and scalars do not decay; the package then does not scale them either."""
    kernels = [p for p in parameters if p.ndim >= 2]
    others = [p for p in parameters if p.ndim < 2]
    return torch_optimizer.LARS(
        [{"params": kernels}, {"params": others, "weight_decay": 0.0}],
        lr=0.5,
        momentum=0.8,
        nesterov=True,
        trust_coefficient=0.2,
        eps=1e-3,
        weight_decay=0.1,
    )


CASES = {
    "radam": (
        "RAdam",
        {"learning_rate": 0.01},
        lambda: with_torch(lambda p: torch.optim.RAdam(p, lr=0.01)),
    ),
    "radam-settings": (
        "RAdam",
        {"learning_rate": 0.01, "beta_1": 0.5, "beta_2": 0.8, "epsilon": 1e-3},
        lambda: with_torch(lambda p: torch.optim.RAdam(p, lr=0.01, betas=(0.5, 0.8), eps=1e-3)),
    ),
    "adabelief": (
        "AdaBelief",
        {"learning_rate": 0.01},
        lambda: with_torch(lambda p: AdaBelief(p, lr=0.01, rectify=False, print_change_log=False)),
    ),
    "adabelief-settings": (
        "AdaBelief",
        {"learning_rate": 0.01, "beta_1": 0.5, "beta_2": 0.9, "epsilon": 1e-3, "weight_decay": 0.1},
        lambda: with_torch(
            lambda p: AdaBelief(
                p,
                lr=0.01,
                betas=(0.5, 0.9),
                eps=1e-3,
                weight_decay=0.1,
                rectify=False,
                print_change_log=False,
            )
        ),
    ),
    "prodigy": (
        "Prodigy",
        {"learning_rate": 1.0, "d_0": 1e-2},
        lambda: with_torch(lambda p: Prodigy(p, d0=1e-2)),
    ),
    "prodigy-small": ("Prodigy", {}, lambda: with_torch(lambda p: Prodigy(p))),
    "prodigy-settings": (
        "Prodigy",
        {
            "learning_rate": 0.5,
            "beta_1": 0.8,
            "beta_2": 0.9,
            "beta_3": 0.7,
            "epsilon": 1e-4,
            "d_0": 1e-2,
            "d_coef": 0.7,
            "use_bias_correction": True,
            "safeguard_warmup": True,
            "weight_decay": 0.1,
        },
        lambda: with_torch(
            lambda p: Prodigy(
                p,
                lr=0.5,
                betas=(0.8, 0.9),
                beta3=0.7,
                eps=1e-4,
                d0=1e-2,
                d_coef=0.7,
                use_bias_correction=True,
                safeguard_warmup=True,
                weight_decay=0.1,
            )
        ),
    ),
    "lars": (
        "LARS",
        {"learning_rate": 0.5, "momentum": 0.9, "trust_coefficient": 0.1, "weight_decay": 0.01},
        lambda: with_torch(
            lambda p: torch_optimizer.LARS(
                p, lr=0.5, momentum=0.9, trust_coefficient=0.1, weight_decay=0.01
            )
        ),
    ),
    "lars-nesterov": (
        "LARS",
        {
            "learning_rate": 0.5,
            "momentum": 0.8,
            "nesterov": True,
            "trust_coefficient": 0.2,
            "epsilon": 1e-3,
            "weight_decay": 0.1,
            "decays": "kernels",
        },
        lambda: with_torch(lars),
    ),
    "schedule-free": (
        "ScheduleFreeAdamW",
        {"learning_rate": 0.01},
        None,
    ),
    "schedule-free-settings": (
        "ScheduleFreeAdamW",
        {
            "learning_rate": 0.02,
            "beta_1": 0.8,
            "beta_2": 0.9,
            "epsilon": 1e-3,
            "warmup_steps": 7,
            "weight_decay": 0.1,
        },
        None,
    ),
    "adaptive-clipping": (
        "SGD",
        {"learning_rate": 0.05, "adaptive_clip": 0.3},
        lambda: with_optax(optax.chain(optax.adaptive_grad_clip(0.3), optax.sgd(0.05))),
    ),
    "centralization": (
        "SGD",
        {"learning_rate": 0.05, "centralize_gradients": True},
        lambda: with_optax(optax.chain(transposed(optax.centralize()), optax.sgd(0.05))),
    ),
    "masked-decay": (
        "AdamW",
        {"learning_rate": 0.01, "weight_decay": 0.1, "epsilon": 1e-30, "decays": "kernels"},
        lambda: with_optax(
            optax.adamw(
                0.01,
                eps=1e-30,
                weight_decay=0.1,
                mask=lambda parameters: [jnp.ndim(p) >= 2 for p in parameters],
            )
        ),
    ),
    "lookahead": (
        "Lookahead",
        {
            "optimizer": {"class_name": "SGD", "config": {"learning_rate": 0.05, "momentum": 0.9}},
            "sync_period": 4,
            "slow_step_size": 0.3,
        },
        lambda: lookahead(sync_period=4, slow_step_size=0.3),
    ),
    "sam": (
        "SAM",
        {
            "optimizer": {"class_name": "SGD", "config": {"learning_rate": 0.05, "momentum": 0.9}},
            "rho": 0.2,
        },
        lambda: with_optax(
            optax.contrib.sam(
                optax.sgd(0.05, momentum=0.9),
                optax.chain(optax.contrib.normalize(), optax.sgd(0.2)),
                opaque_mode=True,
            ),
            curved=True,
        ),
    ),
    "one-cycle-sgd": (
        "SGD",
        {},
        lambda: one_cycle(
            lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), rate=0.1, div_factor=1.25, corrected=True
        ),
    ),
    "one-cycle-rmsprop": (
        "RMSprop",
        {"rho": 0.9, "epsilon": 1e-30},
        lambda: one_cycle(
            lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-30, momentum=0.9),
            rate=0.01,
            div_factor=1.25,
            corrected=True,
        ),
    ),
    "one-cycle-adam": (
        "Adam",
        {"epsilon": 1e-30},
        lambda: one_cycle(lambda p: torch.optim.Adam(p, eps=1e-30), rate=0.02, div_factor=10.0),
    ),
    "one-cycle-adamw": (
        "AdamW",
        {"epsilon": 1e-30, "weight_decay": 0.1},
        lambda: one_cycle(
            lambda p: torch.optim.AdamW(p, eps=1e-30, weight_decay=0.1), rate=0.02, div_factor=10.0
        ),
    ),
    "one-cycle-adamax": (
        "Adamax",
        {"epsilon": 1e-30},
        lambda: one_cycle(lambda p: torch.optim.Adamax(p, eps=1e-30), rate=0.02, div_factor=10.0),
    ),
    "one-cycle-nadam": (
        "Nadam",
        {"epsilon": 1e-3},
        # Keras's momenta warm up 250 times as fast as torch's do by default.
        lambda: one_cycle(
            lambda p: torch.optim.NAdam(p, eps=1e-3, momentum_decay=1.0), rate=0.02, div_factor=10.0
        ),
    ),
    "one-cycle-radam": (
        "RAdam",
        {},
        lambda: one_cycle(lambda p: torch.optim.RAdam(p), rate=0.02, div_factor=10.0),
    ),
    "unfrozen-adam": (
        "Adam",
        {"learning_rate": 0.01, "epsilon": 1e-30},
        lambda: unfrozen(lambda p: torch.optim.Adam(p, lr=0.01, eps=1e-30)),
    ),
    "unfrozen-amsgrad": (
        "Adam",
        {"learning_rate": 0.01, "beta_2": 0.9, "epsilon": 1e-30, "amsgrad": True},
        lambda: unfrozen(
            lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.9, 0.9), eps=1e-30, amsgrad=True)
        ),
    ),
    "unfrozen-adamw": (
        "AdamW",
        {"learning_rate": 0.01, "epsilon": 1e-30, "weight_decay": 0.1},
        lambda: unfrozen(lambda p: torch.optim.AdamW(p, lr=0.01, eps=1e-30, weight_decay=0.1)),
    ),
    "unfrozen-adamax": (
        "Adamax",
        {"learning_rate": 0.01, "epsilon": 1e-30},
        lambda: unfrozen(lambda p: torch.optim.Adamax(p, lr=0.01, eps=1e-30)),
    ),
    "unfrozen-nadam": (
        "Nadam",
        {"learning_rate": 0.01, "epsilon": 1e-3},
        lambda: unfrozen(lambda p: torch.optim.NAdam(p, lr=0.01, eps=1e-3, momentum_decay=1.0)),
    ),
    "unfrozen-radam": (
        "RAdam",
        {"learning_rate": 0.01},
        lambda: unfrozen(lambda p: torch.optim.RAdam(p, lr=0.01)),
    ),
    "unfrozen-adabelief": (
        "AdaBelief",
        {"learning_rate": 0.01},
        lambda: unfrozen(
            lambda p: AdaBelief(p, lr=0.01, rectify=False, print_change_log=False)
        ),
    ),
}


def made(name, class_name, config, make):
    """Without `make` it is Keras's, which is right on JAX."""
    result = make() if make else run(class_name, config)
    config = config | result.get("config", {})
    return {"name": name, **result, "class_name": class_name, "config": config}


def write(path, value, **options):
    path.write_text(json.dumps(value, **options) + "\n")


cases = [made(name, *case) for name, case in CASES.items()]
folder = HERE / "fixtures"
folder.mkdir(exist_ok=True)
write(folder / "others.json", {"cases": cases}, separators=(",", ":"))
tools = {"python": platform.python_version()}
tools |= {tool: importlib.metadata.version(tool) for tool in TOOLS}
write(folder / "manifest.json", {"script": "make.py", "tools": tools, "files": ["others.json"]}, indent=2)
