import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './style.css';
import './session.css';
import './signIn.css';
import './examples.css';
import { createRoot } from 'react-dom/client';
import { app } from './app';
import { loadConfig } from './config';

const root = createRoot(document.getElementById('root')!);

loadConfig().then(
  config => root.render(app(config)),
  (error: Error) => root.render(<p className="page-problem">{error.message}</p>),
);
