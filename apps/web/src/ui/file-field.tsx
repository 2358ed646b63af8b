// A field for files, which may also be dropped on it.

import { takeFiles } from '../session.js';

interface Props {
  readonly label: string;
  readonly accept: string;
}

export function FileField({ label, accept }: Props) {
  return (
    <label>
      {label}
      <input
        class="drop"
        type="file"
        multiple
        accept={accept}
        onChange={({ currentTarget }) => {
          takeFiles(currentTarget.files ?? []);
          // So that the same file can be chosen again.
          currentTarget.value = '';
        }}
      />
    </label>
  );
}
