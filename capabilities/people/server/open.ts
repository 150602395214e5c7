import { authenticator, type RememberingAuthenticator } from './authenticate.ts'
import { type BuiltInIdentity, type BuiltInParts, builtInIdentity } from './built-in.ts'
import type { Clerk } from './clerk/open.ts'
import { type Digest, digestWith } from './credentials.ts'
import { type Directory, directory } from './directory.ts'
import type { Tablets } from './tablets.ts'

export type People = {
  identity: BuiltInIdentity
  directory: Directory
  authenticator: RememberingAuthenticator
  digest: Digest
}

export type PeopleOpening = BuiltInParts & {
  pepper: string
  /** Where people sign in with Clerk: its answers take the place of the built-in ones; accounts stay ours. */
  clerk?: Pick<Clerk, 'identity'> | undefined
  /** Where shared tablets are kept. */
  tablets?: Tablets
}

/** Everything that knows who someone is and what they may do, on one pool of opsflow_auth. */
export async function openPeople(parts: PeopleOpening): Promise<People> {
  const identity = { ...(await builtInIdentity(parts)), ...parts.clerk?.identity }
  const known = directory(parts.pool)
  const digest = digestWith(parts.pepper)
  const clock = parts.clock ?? Date.now
  return {
    identity,
    directory: known,
    digest,
    authenticator: authenticator({ identity, directory: known, tablets: parts.tablets, digest, clock }),
  }
}
