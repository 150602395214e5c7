'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { ButtonLink } from '@opsflow/platform/web'
import { Plus, Timer } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useNow, useProcessRows } from '../client/index.ts'
import { ProcessCard } from './process-card.tsx'
import { soonestFirst } from './soonest-first.ts'

/** On a shared tablet: what runs by the clock at its location, and a way to begin another. */
export function TabletProcesses({ locationId }: { locationId: string }) {
  const t = useTranslations('processes')
  const viewer = useViewer()
  const now = useNow()
  const running = useProcessRows(locationId).filter(({ state }) => state === 'running')
  if (!viewer.can('processes.read', locationId)) return null
  return (
    <section>
      <h2 className="mb-3 flex items-center gap-3 text-xl font-semibold tracking-[-0.015em]">
        <Timer aria-hidden className="size-6" />
        {t('title')}
        <span className="font-normal text-ink-muted">{running.length}</span>
      </h2>
      <div className="grid gap-3">
        {running.length > 0 && (
          <ul className="grid gap-3 sm:grid-cols-2">
            {soonestFirst(running).map((process) => (
              <ProcessCard key={process.id} process={process} now={now} />
            ))}
          </ul>
        )}
        {viewer.can('processes.run', locationId) && (
          <ButtonLink href="/processes/begin" className="min-h-14 text-base">
            <Plus aria-hidden />
            {t('begin.action')}
          </ButtonLink>
        )}
      </div>
    </section>
  )
}
