import { UnStyledButton, useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from '@graphiql/react';
import type { Example } from './config';
import { editorTexts } from './tabs';

/** A pane that opens an example in a new tab, for when its own tab was closed or edited. */
export function examplesPlugin(examples: Example[]): GraphiQLPlugin {
  return {
    title: 'Examples',
    icon: ExamplesIcon,
    content: () => <Examples examples={examples} />,
  };
}

function Examples({ examples }: { examples: Example[] }) {
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL(state => state.queryEditor);
  const variableEditor = useGraphiQL(state => state.variableEditor);

  // A text given to an editor that is not there yet would be lost, and the tab stay empty.
  const ready = Boolean(queryEditor && variableEditor);

  function open(example: Example) {
    const { query, variables } = editorTexts(example);
    addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
  }

  return (
    <section className="examples" aria-label="Examples">
      <h2>Examples</h2>
      <p>Each opens in a new tab. Sign in first, at the top right.</p>
      <ul>
        {examples.map(example => (
          <li key={example.title}>
            <UnStyledButton type="button" disabled={!ready} onClick={() => open(example)}>
              {example.title}
            </UnStyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ExamplesIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M5 3.75h14v16.5l-7-4-7 4z" strokeLinejoin="round" />
    </svg>
  );
}
