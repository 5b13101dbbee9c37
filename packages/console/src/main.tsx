import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startTexts } from './i18n/index.ts';
import { initialLanguage } from './i18n/language.ts';
import './styles/base.css';
import './styles/shell.css';
import './styles/lists.css';
import './styles/records.css';
import './styles/files.css';
import './styles/market.css';
import './styles/subscriptions.css';
import './styles/publication.css';
import './styles/sandbox.css';
import './styles/narrow.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
startTexts(initialLanguage());
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
