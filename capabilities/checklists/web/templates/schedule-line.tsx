'use client'
import { ButtonLink } from '@opsflow/platform/web'
import { CalendarClock } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useSchedulesOf } from '../../client/index.ts'

/** Published is not yet done by anybody: how it comes to be, or by which schedules it does. */
export function ScheduleLine({ templateId }: { templateId: string }) {
  const t = useTranslations('templates.scheduling')
  const schedules = useSchedulesOf(templateId)
  if (!schedules.data) return null
  const running = schedules.data.items
  return (
    <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-lg border border-line bg-surface py-2 ps-4 pe-2 text-sm shadow-card">
      <p className="min-w-0 flex-1 basis-52 text-pretty">
        {running.length === 0 ? t('none') : t('by', { names: running.map(({ name }) => name).join(', ') })}
      </p>
      <ButtonLink
        look={running.length === 0 ? 'primary' : 'quiet'}
        href={`/settings/schedules/new?template=${templateId}`}
      >
        <CalendarClock aria-hidden />
        {t(running.length === 0 ? 'first' : 'another')}
      </ButtonLink>
    </div>
  )
}
