// The page from top to bottom.

import { notice } from '../state.js';
import { ModelForm } from './model-form.js';
import { ModelReport } from './model-report.js';
import { Photos } from './photos.js';
import { SettingsForm } from './settings-form.js';

export function App() {
  return (
    <>
      <header class="container">
        <h1>Graft</h1>
        <p>
          Keras models predict photos, in your browser. Your models and photos never leave this
          machine; the network is used only when you load a model of the zoo.
        </p>
      </header>
      <main class="container">
        {notice.value && <p role="alert">{notice}</p>}
        <ModelForm />
        <SettingsForm />
        <ModelReport />
        <Photos />
      </main>
    </>
  );
}
