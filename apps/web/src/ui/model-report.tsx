// What became of the model: how far loading is, what is loaded, or what is wrong.

import { backendTitles, type ModelFacts } from '../protocol.js';
import { load, stopLoading } from '../session.js';
import { model, source } from '../state.js';
import { seconds } from './units.js';

const engineTitles = {
  onnxruntime: 'ONNX Runtime',
  tfjs: 'tfjs, folded',
  layers: 'tfjs-layers, layer by layer',
} as const;

export function ModelReport() {
  return (
    <section aria-label="The model" aria-live="polite" aria-busy={model.value.is === 'loading'}>
      <Report />
    </section>
  );
}

function Report() {
  const state = model.value;
  switch (state.is) {
    case 'none':
      return source.value ? (
        <p class="actions">
          Stopped. <button onClick={() => void load()}>Load it again</button>
        </p>
      ) : null;
    case 'failed':
      return <p role="alert">{state.message}</p>;
    case 'loading':
      return (
        <>
          <progress
            aria-label="Loading"
            {...(state.share !== undefined && { value: state.share })}
          />
          <p class="actions">
            {state.text} … <button onClick={stopLoading}>Stop</button>
          </p>
        </>
      );
    case 'ready':
      return <Facts {...state.facts} />;
  }
}

function Facts(facts: ModelFacts) {
  const { name, engine, backend, size, preprocess, classes, labels } = facts;
  const rows = {
    Engine: engineTitles[engine.name] + (engine.reason === undefined ? '' : ` (${engine.reason})`),
    Computes: `by ${backendTitles[backend]}`,
    Photos: `${size.join(' × ')} pixels, preprocessed: ${preprocess}`,
    Classes: `${classes}, named by ${labels}`,
    Loaded: `in ${seconds(facts.seconds)}`,
  };
  return (
    <article>
      <h3>{name}</h3>
      <dl>
        {Object.entries(rows).map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
