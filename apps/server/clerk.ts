import { fileURLToPath } from 'node:url'
import { openClerk } from '@opsflow/capabilities/people/server'
import { CannotStart } from '@opsflow/platform/server/cannot-start'
import { type Config, readConfig } from '@opsflow/platform/server/config'
import { beside, told } from './beside.ts'
import { say } from './start/say.ts'

// `npm run clerk -- …`: beside a running product, and without one.

const root = fileURLToPath(new URL('../../', import.meta.url))
const USAGE = `npm run clerk -- status                        what is linked, and who is missing at Clerk
npm run clerk -- reconcile                     asks Clerk for everything and brings this product in line
npm run clerk -- link <organization> <org_…>   Clerk's organization stands for ours, which is named by its short name`

type ClerkHere = Awaited<ReturnType<typeof openClerk>>

async function run([command, ...words]: string[], config: Config) {
  const work = commands[command ?? '']
  if (!work || work.words !== words.length) throw new CannotStart(USAGE)
  const keys = config.clerk
  if (!keys) throw new CannotStart('Clerk is not set up: none of its keys (CLERK_…) is set.')
  const publicOrigin = () => config.publicUrl ?? ''
  await beside(config, async ({ pool, database, log }) =>
    work.run(
      await openClerk({ keys, pool, database, publicOrigin, signUpIsOpen: false, log }),
      words as [string, string],
    ),
  )
}

const commands: Record<string, { words: number; run: (clerk: ClerkHere, words: [string, string]) => Promise<void> }> = {
  status: { words: 0, run: status },
  reconcile: { words: 0, run: reconcile },
  link: { words: 2, run: (clerk, [slug, id]) => link(clerk, slug, id) },
}

async function status({ store }: ClerkHere) {
  const known = await store.organizations()
  if (known.length === 0) say('Nothing was heard from Clerk yet. `npm run clerk -- reconcile` asks.')
  for (const { id, name, slug, isDeleted, organizationId, unsettled, waiting } of known) {
    const state = isDeleted ? 'deleted at Clerk' : slug ? `stands for ${slug}` : 'not linked'
    say(`${id}  ${name}: ${state}; ${unsettled} memberships to bring in, ${waiting} people without a verified address`)
    if (!organizationId || isDeleted) continue
    for (const member of await store.missingAtClerk(organizationId)) {
      say(`    ${member.name} <${member.email ?? 'no email'}> is not in Clerk's organization and cannot sign in`)
    }
  }
}

async function reconcile(clerk: ClerkHere) {
  const { users, organizations, memberships, gone } = await clerk.reconcile()
  say(`${organizations} organizations, ${users} users and ${memberships} memberships read; ${gone} had gone.`)
  await status(clerk)
}

async function link(clerk: ClerkHere, slug: string, clerkOrganizationId: string) {
  const found = await clerk.store.organizationBySlug(slug)
  const [organization] = found
  if (!organization) throw new CannotStart(`No organization here has the short name ${slug}.`)
  if (found.length > 1) {
    throw new CannotStart(
      `${found.length} organizations have the short name ${slug}. Write the right one's id at Clerk, into the organization's public metadata: {"opsflowOrganizationId": "${organization.id}"}.`,
    )
  }
  await clerk.reconcile()
  if (!(await clerk.link(clerkOrganizationId, organization.id))) {
    throw new CannotStart(
      `${clerkOrganizationId} was not linked: Clerk does not know it, or one of the two stands for another already.`,
    )
  }
  await status(clerk)
}

await told(() => run(process.argv.slice(2), readConfig(process.env, root)))
