import type { Duty } from './duty.ts'

export type { Duty } from './duty.ts'

type Span = Pick<Duty, 'startsAt' | 'endsAt' | 'endedAt'>

export const isOnDuty = ({ startsAt, endsAt, endedAt }: Span, now: number): boolean =>
  endedAt === null && Date.parse(startsAt) <= now && now < Date.parse(endsAt)
