interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string }[];
}

export type Ask = <Data>(query: string, variables?: Record<string, unknown>) => Promise<Data>;

/**
 * Asks the gateway and returns the data, also when some of its fields failed. Throws an Error fit to be shown when there
 * is no data at all.
 */
export const asking =
  (endpoint: string): Ask =>
  async <Data>(query: string, variables: Record<string, unknown> = {}) => {
    const response = await post(endpoint, { query, variables });
    const answer = await decoded<Data>(response);
    if (answer.data) {
      return answer.data;
    }
    throw new Error(answer.errors?.[0]?.message ?? `The gateway answered with HTTP ${response.status} and no data.`);
  };

async function post(endpoint: string, body: unknown): Promise<Response> {
  try {
    return await fetch(endpoint, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error(`The gateway does not answer at ${endpoint}. Is it running?`);
  }
}

async function decoded<Data>(response: Response): Promise<Answer<Data>> {
  try {
    return await response.json();
  } catch {
    throw new Error(`The gateway answered with HTTP ${response.status} and no GraphQL.`);
  }
}
