import type { Mark } from './score-marks.ts'
import type { AuditScheme } from './scoring.ts'

/**
 * better, worse: by what it cost · same · new, gone: only one of the two visits asked it · open: one of them has no verdict on it.
 */
export const CHANGES = ['worse', 'better', 'same', 'open', 'new', 'gone'] as const
export type Change = (typeof CHANGES)[number]

export type Compared<M extends Mark = Mark> = { change: Change; earlier: M | null; later: M | null }

/** Two visits of one template, perhaps of different versions of it: item by item, in the later one's order, what is gone last. */
export function compareVisits<M extends Mark>(
  earlier: { scheme: AuditScheme; marks: readonly M[] },
  later: { scheme: AuditScheme; marks: readonly M[] },
): Compared<M>[] {
  const find = placed(earlier.marks, later.marks)
  const isOneScheme = earlier.scheme === later.scheme
  const told = later.marks.map((mark): Compared<M> => {
    const was = find(mark)
    return { earlier: was, later: mark, change: was ? changeOf(was, mark, isOneScheme ? later.scheme : null) : 'new' }
  })
  const found = new Set(told.map((one) => one.earlier))
  const gone = earlier.marks
    .filter((mark) => !found.has(mark))
    .map((mark): Compared<M> => ({ change: 'gone', earlier: mark, later: null }))
  // What neither judged is no part of what got better or worse.
  return [...told, ...gone].filter((one) => isJudged(one.earlier) || isJudged(one.later))
}

export function countChanges(compared: readonly Compared[]): Record<Change, number> {
  const counts = Object.fromEntries(CHANGES.map((change) => [change, 0])) as Record<Change, number>
  for (const { change } of compared) counts[change] += 1
  return counts
}

const isJudged = (mark: Mark | null) => mark?.says === 'pass' || mark?.says === 'fail'

/**
 * The same question at the same unit, by their ids. An entry that is begun anew at each visit (a batch, a unit of another place) is
 * known by its name; of two that are called alike none is taken for the other.
 */
function placed<M extends Mark>(earlier: readonly M[], later: readonly M[]): (mark: M) => M | null {
  const byId = new Map(earlier.map((mark) => [idOf(mark), mark]))
  const stays = new Set(later.filter((mark) => byId.has(idOf(mark))).map(idOf))
  const byName = once(earlier.filter((mark) => !stays.has(idOf(mark))))
  const names = once(later.filter((mark) => !stays.has(idOf(mark))))
  return (mark) =>
    byId.get(idOf(mark)) ?? (names.get(nameOf(mark)) === mark ? (byName.get(nameOf(mark)) ?? null) : null)
}

const idOf = ({ itemId, entryId }: Mark) => `${itemId} ${entryId ?? ''}`
const nameOf = ({ itemId, entryLabel }: Mark) => `${itemId} ${entryLabel.trim().toLowerCase()}`

function once<M extends Mark>(marks: readonly M[]): ReadonlyMap<string, M> {
  const named = new Map<string, M | null>()
  for (const mark of marks.filter(({ entryLabel }) => entryLabel.trim() !== '')) {
    named.set(nameOf(mark), named.has(nameOf(mark)) ? null : mark)
  }
  return new Map([...named].flatMap(([name, mark]) => (mark ? [[name, mark]] : [])))
}

/** A pass is better than a failure, whatever they brought; of two alike, by their points where the scheme is the same. */
function changeOf(earlier: Mark, later: Mark, scheme: AuditScheme | null): Change {
  if (!isJudged(earlier) || !isJudged(later)) return earlier.says === later.says ? 'same' : 'open'
  if (earlier.says !== later.says) return later.says === 'pass' ? 'better' : 'worse'
  if (scheme === null) return 'same'
  const [was, is] = [goodness(earlier, scheme), goodness(later, scheme)]
  return was === is ? 'same' : is > was ? 'better' : 'worse'
}

/** Points are a share of the most there were to have, for another version may give others; where they count against it, fewer are better. */
function goodness({ says, points, best }: Mark, scheme: AuditScheme): number {
  if (scheme === 'nyc' || scheme === 'fhrs') return -(points ?? (says === 'fail' ? 1 : 0))
  return points !== null && best !== null && best > 0 ? points / best : Number(says === 'pass')
}
