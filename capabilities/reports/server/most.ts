import { refuse } from '@opsflow/platform/refusal'

/** More of one kind than any file should hold: a year of the busiest location is a third of it. */
export const MOST = 20_000

/** All of them, or a refusal: a file that leaves something out says nothing of it. */
export function within<Row>(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= MOST) return rows
  return refuse('invalid', 'reports.too_much', {
    detail: `More than ${MOST.toLocaleString('en')} records of a kind. Choose fewer days.`,
    errors: [{ path: 'query.from', code: 'reports.too_much', message: 'Choose fewer days.' }],
  })
}
