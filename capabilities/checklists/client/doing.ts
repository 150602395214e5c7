import type { Seated } from '@opsflow/platform/client/sync/seat'
import { useSignedWrite, useSimpleWrite, useWrite } from '@opsflow/platform/client/sync/use-write'
import type { z } from 'zod'
import type { Answer } from '../answer.ts'
import type { Checklist } from '../checklist.ts'
import type { ChecklistForm } from '../form.ts'
import { signedAnswers, signedText } from '../signed-text.ts'
import type { checklistMutators } from '../sync.ts'
import { ANSWER } from '../sync-entities.ts'

type Mutators = typeof checklistMutators
type ArgsOf<Name extends keyof Mutators> = z.input<Mutators[Name]['args']>

const deed = <Name extends keyof Mutators>(name: Name) => ({
  name: `checklists.${name}`,
  load: async () => (await import('../sync.ts')).checklistMutators[name],
  isOfNow: ofNow.has(name),
})

/** What these say is of the list as it stands: answers that came since the first try are part of it. */
const ofNow: ReadonlySet<keyof Mutators> = new Set(['complete', 'sign', 'countersign', 'verify'])

/** Answers with the answer as it was judged on this device. */
export const useAnswer = () =>
  useWrite(
    deed('answer'),
    (given: ArgsOf<'answer'>) => given,
    (replica, { id }) => replica.row<Answer>(ANSWER, id),
  )

export const useComplete = () => useSimpleWrite(deed('complete'), (given: ArgsOf<'complete'>) => given)

export const useEmpty = () => useSimpleWrite(deed('empty'), (given: ArgsOf<'empty'>) => given)

export const useShowPresence = () => useSimpleWrite(deed('presence'), (given: ArgsOf<'presence'>) => given)

export const useHandOver = () => useSimpleWrite(deed('handover'), (given: ArgsOf<'handover'>) => given)

export const useSign = () =>
  useSignedWrite(deed('sign'), ({ signedBy: _, ...given }: ArgsOf<'sign'> & { signedBy?: Seated | undefined }) => given)

export const useCountersign = () =>
  useSignedWrite(
    deed('countersign'),
    ({ signedBy: _, ...given }: ArgsOf<'countersign'> & { signedBy?: Seated | undefined }) => given,
  )

export const useVerify = () =>
  useSignedWrite(
    deed('verify'),
    ({ signedBy: _, ...given }: ArgsOf<'verify'> & { signedBy?: Seated | undefined }) => given,
  )

/** What a person signs who sees this: the digest of the text, and which answers they saw. */
export async function signingOf(form: ChecklistForm, list: Checklist, answers: readonly Answer[]) {
  return {
    id: crypto.randomUUID(),
    checklistId: list.id,
    digest: await digestOf(form, list, answers),
    answers: signedAnswers(answers).map(({ id }) => id),
    presences: (list.presences ?? []).map(({ id }) => id),
  }
}

/** SHA-256 of exactly what a signature is for, as hex. */
export async function digestOf(form: ChecklistForm, list: Checklist, answers: readonly Answer[]): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(signedText(form, list, answers)))
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
