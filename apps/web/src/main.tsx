// The page begins here.

import '@picocss/pico/css/pico.min.css';
import './style.css';
import { render } from 'preact';
import { begin, takeDropped } from './session.js';
import { App } from './ui/app.js';

// A file that misses the fields would else replace the page.
addEventListener('dragover', (event) => event.preventDefault());
addEventListener('drop', (event) => {
  event.preventDefault();
  void takeDropped(event.dataTransfer);
});

render(<App />, document.body);
begin();
