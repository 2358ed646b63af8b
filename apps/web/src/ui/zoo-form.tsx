// A model of the zoo, and where its weights are from.

import type { ModelName } from '@graftjs/model-zoo';
import { chooseZoo } from '../session.js';
import { notice, zoo } from '../state.js';

export function ZooForm() {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        choose(new FormData(event.currentTarget));
      }}
    >
      <label>
        Network
        <select name="name">
          {zoo.value.map(({ name, title, megabytes }) => (
            <option key={name} value={name} selected={name === 'efficientNetLite0'}>
              {title} ({megabytes} MB)
            </option>
          ))}
        </select>
      </label>
      <label>
        The file of its weights, if you have it
        <input name="weights" type="file" accept=".h5,.pth" />
      </label>
      <label>
        Else the address of a folder that has it
        <input name="mirror" placeholder="https://weights.example.com" inputMode="url" />
        <small>
          Filled by <code>graft zoo pull NAME --out FOLDER</code>. Without an address the file comes
          from where it is published. What was downloaded is kept in this browser.
        </small>
      </label>
      <button type="submit" disabled={zoo.value.length === 0}>
        Load it
      </button>
    </form>
  );
}

function choose(form: FormData): void {
  const weights = form.get('weights') as File;
  const address = (form.get('mirror') as string).trim();
  const hasFile = weights.size > 0;
  if (!hasFile && address !== '' && !URL.canParse(address, location.href)) {
    notice.value = `the address must be a URL. Received: ${address}`;
    return;
  }
  notice.value = '';
  chooseZoo({
    kind: 'zoo',
    name: form.get('name') as ModelName,
    ...(hasFile && { weights }),
    ...(!hasFile && address !== '' && { mirror: new URL(address, location.href).href }),
  });
}
