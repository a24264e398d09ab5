/** What the gateway tells this page about itself, from /graphiql/config.json. */
export interface Config {
  endpoint: string;
  demoAccounts: DemoAccount[];
  examples: Example[];
}

export interface Credentials {
  coop: string;
  identifier: string;
  password: string;
}

export interface DemoAccount extends Credentials {
  label: string;
  /** What the authenticator app of one of the demo's staff would have. */
  totpSecret?: string;
}

export interface Example {
  title: string;
  query: string;
  variables: Record<string, unknown>;
}

export async function loadConfig(): Promise<Config> {
  const url = `${import.meta.env.BASE_URL}config.json`;
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) {
    throw new Error(`${url} answered with HTTP ${response.status}. Is the gateway running?`);
  }
  return response.json();
}
