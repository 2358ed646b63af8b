// All geometry of an image as one affine map.

import type { Size } from '../images/image.js';
import { around, composed, type AffineMap } from './affine-map.js';
import { flipMap } from './flip.js';
import type { ImageTransform } from './image-transform.js';
import { cropMap } from './resized-crop.js';
import { rotationMap } from './rotation.js';
import { shearMap } from './shear.js';

/**
 * Where each pixel of the result is read. In the order of Keras's `apply_transform`: rotation, shift, shear, zoom about the
 * centre, then the flips; the part that is seen is chosen before them all.
 */
export function geometry(transform: ImageTransform, size: Size): AffineMap {
  const { crop, theta = 0, tx = 0, ty = 0, shear = 0, zx = 1, zy = 1 } = transform;
  const { shearX = 0, shearY = 0, flipHorizontal = false, flipVertical = false } = transform;
  const [height, width] = size;
  const about = composed(
    rotationMap(theta),
    [1, 0, tx, 0, 1, ty],
    shearMap(shear),
    [zx, 0, 0, 0, zy, 0],
    [1, shearX, 0, shearY, 1, 0],
  );
  return composed(
    ...(crop ? [cropMap(crop, size)] : []),
    around(about, (width - 1) / 2, (height - 1) / 2),
    flipMap(size, flipHorizontal, flipVertical),
  );
}
