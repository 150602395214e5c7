import type { Answer } from '../../answer.ts'

/** The name an entry was begun under; nothing for what repeats once for each unit. */
export function labelOfBegun(answers: readonly Answer[], entryId: string | null): string {
  const begun = answers.find((answer) => answer.entryId === entryId && answer.value?.kind === 'entry')?.value
  return begun?.kind === 'entry' ? begun.label : ''
}
