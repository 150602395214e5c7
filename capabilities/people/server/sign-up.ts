import { randomUUID } from 'node:crypto'
import { systemActor } from '@opsflow/platform/actor'
import { refuse } from '@opsflow/platform/refusal'
import type { Database } from '@opsflow/platform/server/tenant'
import type { Language } from '../account.ts'
import type { Founding } from '../session.ts'
import { type BuiltInIdentity, refuseEmailTaken } from './built-in.ts'
import type { Directory } from './directory.ts'
import { foundChain } from './found-tenant.ts'
import { demandUnknownPassword } from './known-password.ts'
import type { Post } from './letters.ts'

export type SignUpParts = { identity: BuiltInIdentity; directory: Pick<Directory, 'memberships'> }

/** The same to whoever asks; what the letter says depends on whether the address has an account in use. */
export async function mailSignUp(parts: SignUpParts & { post: Post }, email: string, language: Language) {
  const { identity, post } = parts
  if (await isInUse(parts, email)) return void (await post.signUpKnown(email, language))
  await post.signUp(email, language, await identity.links.make('sign_up', { email, userId: null }))
}

/** A new customer: the link proves the address, so nothing exists before it was followed. */
export async function signUp(
  parts: SignUpParts & { database: Database },
  token: string,
  founding: Omit<Founding, 'email'>,
): Promise<{ userId: string }> {
  const { identity, database } = parts
  const { email } = await identity.links.read(token, 'sign_up')
  await demandUnknownPassword(founding.password, email, [founding.organizationName, founding.locationName])
  if (await isInUse(parts, email)) refuseEmailTaken()
  await identity.links.use(token, 'sign_up')
  await identity.removeAccount(email)
  const { name, password } = founding
  const { userId } = await identity.createAccount({ email, name, password, emailVerified: true })
  const actor = systemActor(randomUUID(), randomUUID(), 'sign-up')
  await database.write(actor, (tx) => foundChain(tx, actor, { ...founding, email, userId }))
  return { userId }
}

/** An account that belongs to no organization is what an interrupted founding left behind, or nobody's any more. */
async function isInUse({ identity, directory }: SignUpParts, email: string): Promise<boolean> {
  const account = await identity.accounts.byEmail(email)
  return account !== undefined && (await directory.memberships([account.id])).length > 0
}

export function demandOpenSignUp(isOpen: boolean) {
  if (isOpen) return
  refuse('forbidden', 'people.sign_up_closed', {
    detail: 'Organizations are not founded here by everyone. Ask to be invited.',
  })
}
