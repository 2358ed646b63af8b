// The subpath that knows how networks of the zoo divide into groups of layers, and carries nothing else of the zoo.

export { familyGroups, type LayerGroup } from './layer-groups/family-groups.js';
