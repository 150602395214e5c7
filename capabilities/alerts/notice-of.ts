import type { Matter } from './matter.ts'

/** My own notice of it, where I was told. */
export const noticeOf = (matter: Pick<Matter, 'told'>, memberId: string) =>
  matter.told.find(({ member }) => member.id === memberId)

/** Told, and not read since. What is over asks for nobody any more. */
export function isUnread(matter: Pick<Matter, 'told' | 'closedAt'>, memberId: string): boolean {
  const notice = noticeOf(matter, memberId)
  if (!notice || matter.closedAt !== null) return false
  return notice.seenAt === null || Date.parse(notice.seenAt) < Date.parse(notice.lastAt)
}

/** An acknowledgement holds: someone looks after it. */
export const isHeld = ({ returnsAt, closedAt }: Pick<Matter, 'returnsAt' | 'closedAt'>, now: number): boolean =>
  closedAt === null && returnsAt !== null && Date.parse(returnsAt) > now

/** Unread first, then what nobody looks after, food safety before the rest, the newest first. */
export function inOrder<M extends Matter>(matters: readonly M[], memberId: string, now: number): M[] {
  const rank = (matter: Matter) =>
    (matter.closedAt !== null ? 8 : 0) +
    (isUnread(matter, memberId) ? 0 : 4) +
    (isHeld(matter, now) ? 2 : 0) +
    (matter.severity === 'critical' ? 0 : 1)
  return [...matters].sort((a, b) => rank(a) - rank(b) || Date.parse(b.openedAt) - Date.parse(a.openedAt))
}
