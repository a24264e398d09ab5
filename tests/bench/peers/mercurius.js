// Mercurius on Fastify; BENCH_JIT=1 turns graphql-jit on.
import Fastify from 'fastify'
import mercurius from 'mercurius'
import { contextOf, resolvers, typeDefs } from './schema.js'
import { ready } from './world.js'

const app = Fastify()
app.register(mercurius, {
  schema: typeDefs,
  resolvers,
  context: (request) => contextOf(request.headers.authorization),
  jit: process.env.BENCH_JIT === '1' ? 1 : 0
})
await app.listen({ host: '127.0.0.1', port: 0 })
ready(app.server.address().port)
