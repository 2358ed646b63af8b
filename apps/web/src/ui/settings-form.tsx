// How the model predicts: where, by which engine, and on which pixels.

import { type BackendStatus, backendTitles } from '../protocol.js';
import { change } from '../session.js';
import { backends, settings, source } from '../state.js';

const engines = {
  auto: 'auto: the fastest',
  onnxruntime: 'onnxruntime',
  tfjs: 'tfjs: folded and fused',
  layers: 'layers: as it trains',
} as const;

const modes = {
  none: 'none: 0 to 255',
  tf: 'tf: −1 to 1',
  torch: 'torch: standardized',
  caffe: 'caffe: blue first, centred',
  lite: 'lite: for EfficientNet-Lite',
} as const;

export function SettingsForm() {
  return (
    <section aria-labelledby="settings-title">
      <h2 id="settings-title">Prediction</h2>
      <fieldset>
        <legend>Where it computes</legend>
        {backends.value.map((status) => (
          <Backend key={status.name} {...status} />
        ))}
      </fieldset>
      <div class="row">
        <label>
          Engine
          <select
            value={settings.value.engine}
            onChange={({ currentTarget }) =>
              change({ engine: currentTarget.value as keyof typeof engines })
            }
          >
            {Object.entries(engines).map(options)}
          </select>
        </label>
        {source.value?.kind !== 'zoo' && <PixelFields />}
      </div>
    </section>
  );
}

/** For a model of the user's own: those of the zoo are known. */
function PixelFields() {
  return (
    <>
      <label>
        Pixels
        <select
          value={settings.value.preprocess}
          onChange={({ currentTarget }) =>
            change({ preprocess: currentTarget.value as keyof typeof modes })
          }
        >
          {Object.entries(modes).map(options)}
        </select>
      </label>
      <label>
        Size, if the model takes any
        <input
          type="number"
          min={1}
          max={4096}
          required
          value={settings.value.size}
          onChange={({ currentTarget }) => {
            if (currentTarget.reportValidity()) change({ size: currentTarget.valueAsNumber });
          }}
        />
      </label>
    </>
  );
}

function Backend({ name, missing, slow }: BackendStatus) {
  const note = missing ? `not here: ${missing}` : slow && `slow: ${slow}`;
  return (
    <label>
      <input
        type="radio"
        name="backend"
        checked={settings.value.backend === name}
        disabled={missing !== undefined}
        onChange={() => change({ backend: name })}
      />
      {backendTitles[name]} {note && <span class="note">({note})</span>}
    </label>
  );
}

function options([value, text]: readonly [string, string]) {
  return (
    <option key={value} value={value}>
      {text}
    </option>
  );
}
