// PostGraphile on the same tables with the same policies, from a folder where it is installed (never this project's).
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'

process.once('message', async ({ url, signed, port, folder }) => {
  const load = createRequire(join(folder, 'package.json'))
  const { postgraphile } = load('postgraphile')
  const { PostGraphileAmberPreset } = load('postgraphile/presets/amber')
  const { makePgService } = load('postgraphile/adaptors/pg')
  const { grafserv } = load('postgraphile/grafserv/node')
  const preset = {
    extends: [PostGraphileAmberPreset],
    pgServices: [makePgService({ connectionString: url, schemas: ['public'], poolConfig: { max: 8 } })],
    grafast: { context: () => ({ pgSettings: { 'app.context': signed.context, 'app.seal': signed.seal } }) },
    grafserv: { port, graphqlPath: '/graphql', graphiql: false, watch: false },
  }
  const server = createServer()
  await postgraphile(preset).createServ(grafserv).addTo(server)
  server.listen(port, '127.0.0.1', () => process.send('ready'))
})
