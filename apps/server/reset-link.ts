import { fileURLToPath } from 'node:url'
import { openPeople } from '@opsflow/capabilities/people/server'
import { CannotStart } from '@opsflow/platform/server/cannot-start'
import { type Config, readConfig } from '@opsflow/platform/server/config'
import { beside, told } from './beside.ts'
import { say } from './start/say.ts'

// `npm run reset-link -- <email>`: the way back in where no mail leaves the product.

const root = fileURLToPath(new URL('../../', import.meta.url))
await told(() => run(process.argv.slice(2), readConfig(process.env, root)))

async function run([email, ...more]: string[], config: Config) {
  if (!email || more.length > 0) throw new CannotStart('npm run reset-link -- <email>')
  if (config.clerk) throw new CannotStart('People sign in with Clerk here; their passwords are changed there.')
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`
  await beside(config, async ({ pool, secrets, log }) => {
    const { identity } = await openPeople({
      pool,
      secret: secrets.authSecret,
      pepper: secrets.pepper,
      publicUrl,
      log,
    })
    const account = await identity.accounts.byEmail(email)
    if (!account) throw new CannotStart(`There is no account with the address ${email}.`)
    const token = await identity.links.make('reset_password', { email: account.email, userId: account.id })
    say(`Good for one hour and one use; give it to ${account.name} and to nobody else:`)
    say(`${publicUrl}/reset-password/new#${token}`)
  })
}
