// GraphQL Yoga on Node's own HTTP server; BENCH_JIT=1 adds graphql-jit.
import { useGraphQlJit } from '@envelop/graphql-jit'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { createYoga } from 'graphql-yoga'
import { createServer } from 'node:http'
import { contextOf, resolvers, typeDefs } from './schema.js'
import { ready } from './world.js'

const yoga = createYoga({
  schema: makeExecutableSchema({ typeDefs, resolvers, resolverValidationOptions: { requireResolversForResolveType: 'ignore' } }),
  context: ({ request }) => contextOf(request.headers.get('authorization')),
  plugins: process.env.BENCH_JIT === '1' ? [useGraphQlJit()] : [],
  logging: false
})
const server = createServer(yoga)
server.listen(0, '127.0.0.1', () => ready(server.address().port))
