import type { Answer } from './answer.ts'
import { inOrder, placeOf } from './standing-answers.ts'

/**
 * Several people on one audit: of each question the answers that no other one takes the place of, the earliest first. Mostly that is
 * one. More than one: people answered without having seen each other's answer.
 *
 * What an answer knew, it takes the place of. One that does not say what it knew (an older device) knew all that was said before
 * it. Nobody contradicts themselves: what someone says later takes the place of what they had said.
 */
export function openAnswers(answers: readonly Answer[]): Map<string, Answer[]> {
  const places = new Map<string, Answer[]>()
  for (const answer of answers) {
    if (answer.value?.kind === 'entry') continue
    const here = places.get(placeOf(answer))
    if (here) here.push(answer)
    else places.set(placeOf(answer), [answer])
  }
  return new Map([...places].map(([place, here]) => [place, stillOpen(here.sort(inOrder))]))
}

function stillOpen(answers: readonly Answer[]): Answer[] {
  if (answers.length < 2) return [...answers]
  const passed = new Set(answers.flatMap(({ knew }) => knew ?? []))
  return answers.filter(
    (answer, at) =>
      !passed.has(answer.id) && !answers.slice(at + 1).some((later) => !later.knew || by(later) === by(answer)),
  )
}

/** Two people said different things, and nobody has decided yet. */
export const isDisputed = (open: readonly Answer[]): boolean =>
  open.some((one) => open.some((other) => by(one) !== by(other) && said(one) !== said(other)))

const by = ({ answeredBy, kiosk }: Answer) => answeredBy?.id ?? kiosk?.id ?? ''

/** Notes and photos say more of the same; a temperature said again is the same reading. */
function said({ value, outcome }: Answer): string {
  if (value === null) return outcome
  const { logId: _, ...rest } = value as typeof value & { logId?: string }
  return JSON.stringify(Object.entries(rest).sort(([one], [other]) => (one < other ? -1 : 1)))
}
