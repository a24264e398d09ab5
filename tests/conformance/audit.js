// Runs every server audit of graphql-http against the URL that is given and prints what came of each, as JSON.
import { serverAudits } from 'graphql-http';

const [url] = process.argv.slice(2);
const audits = serverAudits({ url });
const results = await Promise.all(audits.map((audit) => audit.fn()));
const told = results.map(({ id, name, status, reason }) => ({ id, name, status, reason }));
process.stdout.write(JSON.stringify(told));
