'use client'
import { Card, cx, Table, Td, Th, Tr } from '@opsflow/platform/web'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useWords } from './use-words.ts'
import { Cells, RowName, type WeekProps } from './week-cells.tsx'

/** Rows against the days of the week, on a tablet and a desk. Where not all of it fits, it begins so that today is seen. */
export function WeekGrid({ days, rows, today, locationId, params }: WeekProps) {
  const t = useTranslations('overview.week')
  const words = useWords()
  const todayHere = useRef<HTMLTableCellElement>(null)
  const first = days[0]
  // biome-ignore lint/correctness/useExhaustiveDependencies: another week is looked at anew
  useEffect(() => showBeside(todayHere.current), [first])
  return (
    <Card className="max-md:hidden">
      <Table label={t('title')}>
        <thead>
          <tr>
            <Th className="sticky start-0 z-10 bg-surface">{t('what')}</Th>
            {days.map((day) => (
              <Th
                key={day}
                ref={day === today ? todayHere : undefined}
                className={cx('px-2!', day === today && 'bg-accent-tint text-ink!')}
                aria-current={day === today ? 'date' : undefined}
              >
                {words.day(day)}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Tr key={row.key}>
              <Th
                scope="row"
                className="sticky start-0 z-10 min-w-40 bg-surface py-2 align-top text-[0.9375rem]! whitespace-normal! text-ink!"
              >
                <RowName row={row} />
              </Th>
              {days.map((day) => (
                <Td key={day} className={cx('min-w-32 px-2! align-top', day === today && 'bg-accent-tint/50')}>
                  <Cells row={row} day={day} locationId={locationId} params={params} />
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  )
}

/** Scrolls what it stands in sideways and nothing else: its start stands right behind the row's name, which stays. */
function showBeside(day: HTMLElement | null) {
  const name = day?.parentElement?.firstElementChild
  const table = day?.closest('section')
  if (!day || !name || !table) return
  const [at, from] = [day.getBoundingClientRect(), name.getBoundingClientRect()]
  const { left, right } = table.getBoundingClientRect()
  const isRightToLeft = getComputedStyle(table).direction === 'rtl'
  const off = isRightToLeft ? at.right - from.left : at.left - from.right
  const isSeen = isRightToLeft ? off <= 0 && at.left >= left : off >= 0 && at.right <= right
  if (!isSeen) table.scrollLeft += off
}
