import { authenticator, type RememberingAuthenticator } from './authenticate.ts'
import { type BuiltInIdentity, type BuiltInParts, builtInIdentity } from './built-in.ts'
import { type Digest, digestWith } from './credentials.ts'
import { type Directory, directory } from './directory.ts'

export type People = {
  identity: BuiltInIdentity
  directory: Directory
  authenticator: RememberingAuthenticator
  digest: Digest
}

/** Everything that knows who someone is and what they may do, on one pool of opsflow_auth. */
export async function openPeople(parts: BuiltInParts & { pepper: string; clock?: () => number }): Promise<People> {
  const identity = await builtInIdentity(parts)
  const known = directory(parts.pool)
  const digest = digestWith(parts.pepper)
  const clock = parts.clock ?? Date.now
  return {
    identity,
    directory: known,
    digest,
    authenticator: authenticator({ identity, directory: known, digest, clock }),
  }
}
