// Apollo Server on Fastify.
import { ApolloServer } from '@apollo/server'
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify'
import { makeExecutableSchema } from '@graphql-tools/schema'
import Fastify from 'fastify'
import { contextOf, resolvers, typeDefs } from './schema.js'
import { ready } from './world.js'

const app = Fastify()
const apollo = new ApolloServer({
  schema: makeExecutableSchema({ typeDefs, resolvers, resolverValidationOptions: { requireResolversForResolveType: 'ignore' } }),
  csrfPrevention: false,
  plugins: [fastifyApolloDrainPlugin(app)]
})
await apollo.start()
app.register(fastifyApollo(apollo), {
  path: '/graphql', context: async (request) => contextOf(request.headers.authorization)
})
await app.listen({ host: '127.0.0.1', port: 0 })
ready(app.server.address().port)
