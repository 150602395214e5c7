'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Link } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { recordHref } from './outcome-list.tsx'
import { OutcomeMark } from './outcome-mark.tsx'
import { overviewHref, type Params } from './params.ts'
import { useWords } from './use-words.ts'
import { type Cell, countsIn, type WeekRow } from './week-rows.ts'

export type WeekProps = {
  days: readonly string[]
  rows: readonly WeekRow[]
  today: string
  locationId: string
  params: Params
}

/** What a row is called. */
export function RowName({ row }: { row: WeekRow }) {
  const t = useTranslations('overview.week')
  const words = useWords()
  const role = words.role(row.role, row.roleName)
  if (row.kind === 'role') return role
  return (
    <>
      {row.name ?? t('tasks')}
      <span className="block text-[0.8125rem] font-normal text-ink-muted">{role}</span>
    </>
  )
}

/** The marks of a row on a day: each leads to its record, a number to the records behind it. */
export function Cells({
  row,
  day,
  locationId,
  params,
}: Pick<WeekProps, 'locationId' | 'params'> & { row: WeekRow; day: string }) {
  const cells = row.days.get(day) ?? []
  if (row.kind === 'checklist') {
    return cells.map((cell) => <OneMark key={cell.key} cell={cell} locationId={locationId} />)
  }
  const behind: Params = { ...params, view: 'week', behind: 'outcomes', from: day, to: day, location: locationId }
  return countsIn(cells).map(([mark, count]) => {
    const text = <OutcomeMark mark={mark} time={String(count)} />
    if (row.kind === 'tasks' || mark === 'planned')
      return (
        <span key={mark} className="flex min-h-8 items-center">
          {text}
        </span>
      )
    return (
      <Link
        key={mark}
        href={overviewHref({ ...behind, role: row.role ?? 'none', outcome: mark === 'ahead' ? 'open' : mark })}
        className="flex min-h-8 items-center rounded hover:underline"
      >
        {text}
      </Link>
    )
  })
}

function OneMark({ cell: { row, mark, at }, locationId }: { cell: Cell; locationId: string }) {
  const words = useWords()
  const viewer = useViewer()
  const text = <OutcomeMark mark={mark} time={at ? words.time(at, locationId) : undefined} />
  if (!row) return <span className="flex min-h-8 items-center">{text}</span>
  return (
    <Link
      href={recordHref(row, viewer.can('checklists.do', locationId))}
      className="flex min-h-8 items-center rounded hover:underline"
    >
      {text}
    </Link>
  )
}
