import { createGraphiQLFetcher, type Fetcher, type FetcherParams } from '@graphiql/toolkit';

/** GraphiQL's own fetcher, which sends the session cookie because the endpoint is of this origin. */
export function fetcherOf(endpoint: string): Fetcher {
  const send = createGraphiQLFetcher({ url: endpoint, enableIncrementalDelivery: false });
  return (params, options) => send(currentlyNamed(params), options);
}

/** GraphiQL learns a tab's operation 100 ms after showing it; a run before that would name the last tab's. */
function currentlyNamed(params: FetcherParams): FetcherParams {
  const { operationName, ...rest } = params;
  const written = new RegExp(`\\b${operationName}\\b`).test(params.query);
  return written ? params : rest;
}
