'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { buttonClass } from '@opsflow/platform/web'
import { FileDown } from 'lucide-react'
import { useTranslations } from 'use-intl'

/** What the screen shows, as a file for a spreadsheet. */
export function FileLink({ path, query }: { path: string; query: Readonly<Record<string, string | undefined>> }) {
  const t = useTranslations('overview')
  const { organizationId } = useViewer()
  const named = Object.entries({ ...query, organizationId }).filter((entry): entry is [string, string] => !!entry[1])
  return (
    <a href={`/api/v1/${path}?${new URLSearchParams(named)}`} download className={buttonClass('quiet', 'print:hidden')}>
      <FileDown aria-hidden />
      {t('csv')}
    </a>
  )
}
