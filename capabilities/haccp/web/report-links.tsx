import { useViewer } from '@opsflow/platform/client/viewer'
import { buttonClass } from '@opsflow/platform/web'
import { FileDown } from 'lucide-react'
import { useLocale, useTranslations } from 'use-intl'
import type { PlanMonitoring } from '../haccp-plan.ts'

const FILES = ['pdf', 'xlsx', 'csv'] as const

/** Everything that was recorded of one point in these days, to be handed on. */
export function ReportLinks({ pointId, number, told }: { pointId: string; number: string; told: PlanMonitoring }) {
  const t = useTranslations('haccp.live')
  const { organizationId } = useViewer()
  const language = useLocale() === 'es' ? 'es' : 'en'
  const { plan, from, to } = told
  const query = new URLSearchParams({ planId: plan.id, pointId, from, to, language, organizationId })
  return (
    <p className="-mx-3 flex w-full flex-wrap items-center print:hidden">
      {FILES.map((file) => (
        <a
          key={file}
          href={`/api/v1/haccp-points/report.${file}?${query}`}
          download
          aria-label={t('reportOf', { number, file: t(`files.${file}`) })}
          className={buttonClass('quiet')}
        >
          <FileDown aria-hidden />
          {t(`files.${file}`)}
        </a>
      ))}
    </p>
  )
}
