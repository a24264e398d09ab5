import { createLocalStorage } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import type { Config } from './config';
import { examplesPlugin } from './examplesPlugin';
import { fetcherOf } from './fetcher';
import { asking } from './gateway';
import { SessionBar } from './SessionBar';
import { editorTexts } from './tabs';

/** Made once from the configuration: GraphiQL compares its props by identity. */
export function app({ endpoint, demoAccounts, examples }: Config) {
  const ask = asking(endpoint);
  const fetcher = fetcherOf(endpoint);
  // Other programs at this host and port have a GraphiQL too, and its tabs are theirs.
  const storage = createLocalStorage({ namespace: 'coop-gateway' });
  const plugins = [HISTORY_PLUGIN, examplesPlugin(examples)];
  const tabs = examples.map(editorTexts);

  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      plugins={plugins}
      defaultTabs={tabs}
      defaultEditorToolsVisibility="variables"
    >
      <GraphiQL.Logo>
        <SessionBar ask={ask} demoAccounts={demoAccounts} />
      </GraphiQL.Logo>
    </GraphiQL>
  );
}
