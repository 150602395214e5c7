'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, Card } from '@opsflow/platform/web'
import { ArchiveRestore } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { PlanSummary } from '../haccp-plan.ts'
import { useArchive } from './plan-menu.tsx'

/** That it is archived, and the way back. */
export function ArchivedNote({ plan }: { plan: Pick<PlanSummary, 'id' | 'name' | 'locationId'> }) {
  const t = useTranslations('haccp.menu')
  const { can } = useViewer()
  const archive = useArchive()
  return (
    <Card className="mb-4 flex flex-wrap items-center gap-3 p-4">
      <p className="min-w-48 flex-1 text-[0.9375rem]">{t('isArchived')}</p>
      {can('haccp.write', plan.locationId) && (
        <Button onClick={() => archive(plan, false)}>
          <ArchiveRestore aria-hidden />
          {t('bringBack')}
        </Button>
      )}
    </Card>
  )
}
