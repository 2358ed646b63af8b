// A photo with its likeliest classes.

import type { Answer } from '../protocol.js';
import type { Photo } from '../state.js';
import { percent, seconds } from './units.js';

export function PhotoCard({ file, url, state }: Photo) {
  const now = state.value;
  return (
    <li aria-label={file.name}>
      <article>
        {now.is !== 'failed' && <img src={url} alt="" loading="lazy" decoding="async" />}
        <h3>{file.name}</h3>
        {now.is === 'failed' && <p role="alert">{now.message}</p>}
        {now.is === 'waiting' && <p>waiting</p>}
        {now.is === 'predicting' && <p aria-busy="true">predicting</p>}
        {now.is === 'answered' && <Classes {...now.answer} />}
      </article>
    </li>
  );
}

function Classes({ guesses, seconds: time }: Answer) {
  return (
    <>
      <ol class="classes">
        {guesses.map(({ index, label, probability }) => (
          <li key={index} style={{ '--share': `${100 * probability}%` }}>
            <span>{label}</span> <data value={probability}>{percent(probability)}</data>
          </li>
        ))}
      </ol>
      <p>
        <small>predicted in {seconds(time)}</small>
      </p>
    </>
  );
}
