// The bench's networks in a page, as stock tfjs loads them, for images of another size than they were saved for.

import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { loadLayersModel } from '@tensorflow/tfjs-layers';

export async function loadLayers(name, size) {
  const { modelTopology, ...manifest } = await fetchJson(`/models/${name}.json`);
  const [input] = modelTopology.config.layers;
  input.config.batch_input_shape = [null, size, size, 3];
  return loadLayersModel({ load: () => artifacts('/models/', modelTopology, manifest) });
}

export async function loadGraph(name, size) {
  const folder = `/models/${name}.graph/`;
  const { modelTopology, signature, ...manifest } = await fetchJson(`${folder}model.json`);
  const placeholder = modelTopology.node.find(({ op }) => op === 'Placeholder');
  const [input] = Object.values(signature.inputs);
  for (const { dim } of [placeholder.attr.shape.shape, input.tensorShape]) {
    dim[1].size = dim[2].size = `${size}`;
  }
  const load = async () => ({ ...(await artifacts(folder, modelTopology, manifest)), signature });
  return loadGraphModel({ load });
}

async function artifacts(folder, modelTopology, { weightsManifest: [{ paths, weights }] }) {
  const files = paths.map((path) => fetchFile(`${folder}${path}`).then((file) => file.blob()));
  const weightData = await new Blob(await Promise.all(files)).arrayBuffer();
  return { modelTopology, weightSpecs: weights, weightData };
}

async function fetchJson(url) {
  return (await fetchFile(url)).json();
}

async function fetchFile(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} is not there`);
  return answer;
}
