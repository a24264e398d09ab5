import type { Example } from './config';

/** An example as the texts of GraphiQL's editors. */
export function editorTexts({ query, variables }: Example): { query: string; variables: string } {
  const none = Object.keys(variables).length === 0;
  return { query, variables: none ? '' : JSON.stringify(variables, null, 2) };
}
