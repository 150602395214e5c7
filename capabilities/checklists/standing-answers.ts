import type { Answer } from './answer.ts'

/** Where an answer belongs: the item, in its entry. */
export const placeOf = ({ itemId, entryId }: Pick<Answer, 'itemId' | 'entryId'>) => `${itemId} ${entryId ?? ''}`

/**
 * What counts: the latest answer of each place by the time it was given, so that two people who answered offline
 * see the same whichever arrived first. The others are its history.
 */
export function standingAnswers(answers: readonly Answer[]): Map<string, Answer> {
  const standing = new Map<string, Answer>()
  for (const answer of answers) {
    const other = standing.get(placeOf(answer))
    if (!other || isLater(answer, other)) standing.set(placeOf(answer), answer)
  }
  return standing
}

const isLater = (one: Answer, other: Answer) => inOrder(one, other) > 0

/** By when they were given. */
export function inOrder(one: Answer, other: Answer): number {
  const apart = Date.parse(one.answeredAt) - Date.parse(other.answeredAt)
  return apart === 0 ? (one.id === other.id ? 0 : one.id > other.id ? 1 : -1) : apart
}
