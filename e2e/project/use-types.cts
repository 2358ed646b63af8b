// The types of the CommonJS half.

import optimizers = require('@graftjs/optimizers');
import schedules = require('@graftjs/schedules');

export const optimizer = new optimizers.SGD({ learningRate: schedules.constant(0.1) });
