'use client'
import { Card, IconButton } from '@opsflow/platform/web'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type TouchEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useWords } from './use-words.ts'
import { Cells, RowName, type WeekProps } from './week-cells.tsx'

const FAR_ENOUGH_PX = 60

/** One day at a time on a phone: by arrows, or by a swipe. */
export function WeekDay({ days, rows, today, locationId, params }: WeekProps) {
  const t = useTranslations('overview.week')
  const words = useWords()
  const [shown, setShown] = useState(() => Math.max(0, days.indexOf(today)))
  const day = days[shown] ?? today
  const here = rows.filter((row) => row.days.has(day))
  const by = (step: number) => setShown((now) => Math.min(days.length - 1, Math.max(0, now + step)))
  return (
    <Card className="md:hidden" {...useSwipe(by)}>
      <div className="flex items-center justify-between border-b border-line px-2 py-1">
        <IconButton
          label={t('dayBefore')}
          icon={<ChevronLeft className="rtl:rotate-180" />}
          disabled={shown === 0}
          onClick={() => by(-1)}
        />
        <h3 className="font-semibold" aria-live="polite">
          {words.longDay(day)}
        </h3>
        <IconButton
          label={t('dayAfter')}
          icon={<ChevronRight className="rtl:rotate-180" />}
          disabled={shown === days.length - 1}
          onClick={() => by(1)}
        />
      </div>
      {here.length === 0 && <p className="p-5 text-center text-ink-muted">{t('nothingOnDay')}</p>}
      <ul className="divide-y divide-line">
        {here.map((row) => (
          <li key={row.key} className="flex items-start justify-between gap-4 px-4 py-2.5">
            <div className="min-w-0 flex-1 text-[0.9375rem] font-medium">
              <RowName row={row} />
            </div>
            <div className="shrink-0 [&>a]:min-h-target">
              <Cells row={row} day={day} locationId={locationId} params={params} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Sideways, and far enough not to be a scroll. */
function useSwipe(by: (step: number) => void) {
  const start = useRef<{ x: number; y: number }>(undefined)
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      const touch = touches.item(0)
      start.current = { x: touch.clientX, y: touch.clientY }
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const touch = changedTouches.item(0)
      if (!touch || !start.current) return
      const [dx, dy] = [touch.clientX - start.current.x, touch.clientY - start.current.y]
      if (Math.abs(dx) > FAR_ENOUGH_PX && Math.abs(dx) > 2 * Math.abs(dy)) by(dx < 0 ? 1 : -1)
    },
  }
}
