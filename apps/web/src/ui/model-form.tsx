// Where the model is from: a file, or the zoo.

import { FileField } from './file-field.js';
import { ZooForm } from './zoo-form.js';

export function ModelForm() {
  return (
    <section aria-labelledby="model-title">
      <h2 id="model-title">Model</h2>
      <FileField
        label="Choose or drop a model file (.h5, .keras), and with it the names of its classes (.txt)"
        accept=".h5,.keras,.txt"
      />
      <details>
        <summary>Or one of the zoo, that has seen ImageNet</summary>
        <ZooForm />
      </details>
    </section>
  );
}
