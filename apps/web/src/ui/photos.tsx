// The photos, and what the model says of each.

import { clearPhotos, predictWaiting, stopPredicting } from '../session.js';
import { counts, isPredicting, model, photos } from '../state.js';
import { FileField } from './file-field.js';
import { PhotoCard } from './photo-card.js';

export function Photos() {
  return (
    <section aria-labelledby="photos-title">
      <h2 id="photos-title">Photos</h2>
      <FileField
        label="Choose or drop photos (JPEG, PNG, WebP, GIF), as many as you like"
        accept="image/jpeg,image/png,image/webp,image/gif"
      />
      <div class="actions">
        <p role="status">{summary()}</p>
        <Buttons />
      </div>
      <ol class="photos">
        {photos.value.map((photo) => (
          <PhotoCard key={photo.url} {...photo} />
        ))}
      </ol>
    </section>
  );
}

function summary(): string {
  const { all, answered, failed, left } = counts.value;
  if (all === 0) return '';
  const parts = [
    `${answered} of ${all} answered`,
    ...(failed.length > 0 ? [`${failed.length} failed (${failed.join(', ')})`] : []),
    ...(left > 0 && model.value.is !== 'ready' ? ['waiting for a model'] : []),
  ];
  return parts.join(', ');
}

function Buttons() {
  const { all, left } = counts.value;
  return (
    <>
      {isPredicting.value && <button onClick={stopPredicting}>Stop</button>}
      {!isPredicting.value && left > 0 && model.value.is === 'ready' && (
        <button onClick={() => void predictWaiting()}>Go on</button>
      )}
      {all > 0 && (
        <button class="secondary" onClick={clearPhotos}>
          Clear
        </button>
      )}
    </>
  );
}
