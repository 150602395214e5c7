import type { z } from 'zod'
import type { Actor } from '../../actor.ts'
import { type FieldError, Refusal } from '../../refusal.ts'
import type { PushBody, SentMutation } from '../../sync.ts'
import { momentsOf } from '../../sync-clock.ts'
import { isPassing } from '../passing.ts'
import type { Doer, SyncActors } from './actors.ts'
import type { Occurrence, ServerMutator } from './registry.ts'
import { ownerOf } from './viewer.ts'

/** A mutation with everything that can be known of it before the database is asked to do it. */
export type Taken = {
  sent: SentMutation
  occurrence: Occurrence
  /** As whom it runs; or that it is set aside; or why it cannot even be that. */
  doer: Doer | Refusal
  /** Who did it, as far as it is known. */
  memberId: string | null
  kioskId: string | null
  /** What it asks for, or why that cannot be read. */
  asked: { mutator: ServerMutator; args: unknown } | Refusal
}

export type TakingParts = { mutators: readonly ServerMutator[]; actors: SyncActors }

export async function takeUp(parts: TakingParts, actor: Actor, body: PushBody): Promise<Taken[]> {
  const mutators = new Map(parts.mutators.map((mutator) => [mutator.mutator.name, mutator]))
  const { memberId, kioskId } = ownerOf(actor)
  return Promise.all(
    occurrencesOf(body).map(async ({ sent, occurrence }) => {
      const mutator = mutators.get(sent.name)
      const asked = await readArgs(mutator, sent, occurrence)
      const doer = await doerOf(parts, actor, sent, mutator?.isCritical ?? false)
      return { sent, occurrence, doer, memberId: memberId ?? sent.by, kioskId, asked }
    }),
  )
}

export function occurrencesOf({ mutations, sent }: PushBody): { sent: SentMutation; occurrence: Occurrence }[] {
  const receivedAt = Date.now()
  const moments = momentsOf(
    mutations.map(({ device }) => device),
    { sent, receivedAt },
  )
  return mutations.map((mutation, n) => {
    const moment = moments[n]
    if (!moment || moment.quality === 'server') throw new Error('a mutation has a time of its device')
    return { sent: mutation, occurrence: { ...moment, quality: moment.quality, uid: mutation.uid } }
  })
}

/** As whom it runs, or why it cannot. */
async function doerOf({ actors }: TakingParts, actor: Actor, sent: SentMutation, isCritical: boolean) {
  try {
    return await actors.doer(actor, sent, { isCritical })
  } catch (error) {
    return decided(error)
  }
}

async function readArgs(mutator: ServerMutator | undefined, sent: SentMutation, occurrence: Occurrence) {
  if (!mutator || sent.version > mutator.mutator.version) {
    return new Refusal('invalid', 'sync.mutation_unknown', {
      detail: 'The server does not know this kind of work. It may be older than the app; try again later.',
    })
  }
  const { args: schema, version } = mutator.mutator
  const given = sent.version < version ? (mutator.upgrade?.(sent.args, sent.version) ?? sent.args) : sent.args
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    return new Refusal('invalid', 'sync.arguments_invalid', {
      detail: 'What was recorded does not have the form it should have.',
      errors: parsed.error.issues.map(fieldError),
    })
  }
  try {
    await mutator.prepare?.(parsed.data, occurrence)
    return { mutator, args: parsed.data }
  } catch (error) {
    return decided(error)
  }
}

/** A refusal stands; whatever may pass is thrown, and the device tries again. */
function decided(error: unknown): Refusal {
  if (error instanceof Refusal && !isPassing(error)) return error
  throw error
}

const fieldError = (issue: z.core.$ZodIssue): FieldError => ({
  path: `args.${issue.path.join('.')}`,
  code: issue.code ?? 'invalid',
  message: issue.message,
})
