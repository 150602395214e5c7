import { createServer } from 'node:http'
import pg from 'pg'
import { databaseAccount } from '../../platform/server/postgres/account.ts'
import { openCluster } from '../../platform/server/postgres/cluster.ts'
import { reachableBinaries } from '../../platform/server/postgres/home.ts'

// The least that has to start: the same PostgreSQL, and one Node process that asks it before it answers. `npm start` beside it
// checks, migrates, serves and works.
const [folder = '', port = '', password = ''] = process.argv.slice(2)
const account = databaseAccount()
const cluster = await openCluster({
  folder: `${folder}/postgres`,
  log: `${folder}/postgres.log`,
  ...{ password, account, binaries: reachableBinaries(account) },
})
const pool = new pg.Pool({ connectionString: cluster.url('postgres') })
createServer((_request, response) => {
  pool.query('select 1').then(
    () => response.end('ok'),
    () => response.writeHead(503).end(),
  )
}).listen(Number(port), '127.0.0.1')
process.on('SIGTERM', async () => {
  await pool.end()
  await cluster.stop()
  process.exit(0)
})
