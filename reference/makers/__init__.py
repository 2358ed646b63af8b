"""The fixture makers: each takes a folder, writes its files there, and says which seed it used."""

from . import (
    augmentation,
    callbacks,
    h5_models,
    image_generator,
    images,
    keras_files,
    layer_exports,
    layer_matrix,
    losses_metrics,
    masks,
    optimizer_state,
    optimizers,
    recurrent_training,
    regularizers,
    schedules,
    training_curves,
    zoo,
    zoo_weights,
)

# A new maker is a module with SEED and make(folder), and one entry here.
MAKERS = {
    "augmentation": augmentation,
    "callbacks": callbacks,
    "h5-models": h5_models,
    "image-generator": image_generator,
    "images": images,
    "keras-files": keras_files,
    "layer-exports": layer_exports,
    "layer-matrix": layer_matrix,
    "losses-metrics": losses_metrics,
    "masks": masks,
    "optimizer-state": optimizer_state,
    "optimizers": optimizers,
    "recurrent-training": recurrent_training,
    "regularizers": regularizers,
    "schedules": schedules,
    "training-curves": training_curves,
    "zoo": zoo,
    "zoo-weights": zoo_weights,
}
