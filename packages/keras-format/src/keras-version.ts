// Which Keras's layout is written; readers choose their dialect by it.

export const kerasVersion = '3.15.1';
