// How deep models and layers may stand within each other in a file from outside.

/** More of it was made by nobody in earnest. */
export const deepestNesting = 20;
