"""A model and the options that it is compared with."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Model:
    # Keras's function, or one with its arguments.
    make: Callable
    # Two heights and widths in pixels, the smaller one the smallest allowed.
    sizes: tuple[int, int]
    # Height and width of the training step: large enough that the last layers still see several places.
    training_size: int
    # Shares all but its depth with another one of the family: compared by structure and by the training step only.
    deeper: bool = False
    # Arguments of its own, compared with and without the top.
    variants: list[dict] = field(default_factory=list)
    # What makes the training step deterministic.
    training: dict = field(default_factory=dict)
    # What makes a second step small enough for backends that are slow.
    slim: dict | None = None

    def cases(self):
        """(Keras's arguments, whether outputs are compared), beginning with what the documentation counts."""
        small, large = self.sizes
        averaged = {"include_top": False, "pooling": "avg", "input_shape": (small, small, 3)}
        yield {}, False
        yield {"include_top": False}, False
        if self.deeper:
            return
        yield averaged, True
        yield {"include_top": False, "input_shape": (large, small, 3)}, True
        yield {"include_top": False, "pooling": "max", "input_shape": (large, large, 1)}, True
        yield {"input_shape": (small, large, 3), "classes": 10}, True
        for variant in self.variants:
            yield variant, False
            yield averaged | variant, True
            yield {"input_shape": (large, large, 3), "classes": 7, "classifier_activation": None} | variant, True

    def steps(self):
        """Keras's arguments for the training steps."""
        square = {"input_shape": (self.training_size, self.training_size, 3), "classes": 10, **self.training}
        return [square] if self.slim is None else [square, square | self.slim]
