'use client'
import { Button, ButtonLink, Panel, StatusBadge } from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import type { AuditImport } from '../audit-import.ts'
import { useCancelImport } from '../client/index.ts'
import { STATE_TONES } from './file-step.tsx'
import { LeftOutList } from './left-out-list.tsx'
import { Notice } from './notice.tsx'
import { ProblemText } from './problem-text.tsx'
import { RefusedRows } from './refused-rows.tsx'

const FIGURES = ['accepted', 'duplicate', 'unplaced', 'refused', 'differing'] as const

/** How far it is; at the end what came of it, and what was left out and why. */
export function ResultStep({ one }: { one: AuditImport }) {
  const t = useTranslations('imports')
  const cancel = useCancelImport(one.id)
  const { rows, photos, state, failure, look } = one
  return (
    <>
      <Panel
        title={one.fileName}
        actions={
          <>
            <StatusBadge tone={STATE_TONES[state]}>{t(`states.${state}`)}</StatusBadge>
            {state === 'running' && (
              <Button busy={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
                {t('cancel')}
              </Button>
            )}
          </>
        }
      >
        <div className="grid gap-4" aria-live="polite">
          {failure && state === 'failed' && (
            <Notice tone="danger">{t.has(`problems.${failure}`) ? t(`problems.${failure}`) : failure}</Notice>
          )}
          {state === 'cancelled' && <Notice tone="info">{t('cancelledText')}</Notice>}
          {cancel.error && <ProblemText error={cancel.error} />}
          {(state !== 'failed' || rows.done > 0) && <Figures rows={rows} photos={photos} />}
          {rows.unplaced > 0 && <p className="text-sm text-ink-muted">{t('unplacedText')}</p>}
          {state === 'done' && (
            <div className="flex flex-wrap gap-2">
              <ButtonLink look="primary" href="/audits">
                {t('seeAudits')}
              </ButtonLink>
              {(look?.templates.length ?? 0) > 0 && (
                <ButtonLink href="/settings/checklists">{t('seeTemplates')}</ButtonLink>
              )}
            </div>
          )}
        </div>
      </Panel>
      {state === 'done' && look && <LeftOutList look={look} />}
      {state !== 'running' && rows.refused + rows.differing + photos.refused > 0 && (
        <RefusedRows one={one} count={rows.refused + rows.differing + photos.refused} />
      )}
    </>
  )
}

function Figures({ rows, photos }: Pick<AuditImport, 'rows' | 'photos'>) {
  const t = useTranslations('imports')
  const format = useFormatter()
  return (
    <>
      <progress
        aria-label={t('progress')}
        value={rows.done}
        max={Math.max(rows.total ?? 0, 1)}
        className="progress block h-2.5 w-full overflow-hidden rounded-full"
      />
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
        {(['kept', 'refused'] as const).map(
          (figure) =>
            photos[figure] > 0 && (
              <div key={`photos ${figure}`}>
                <dt className="text-sm text-ink-muted">{t(`photos.${figure}`)}</dt>
                <dd className="mt-0.5 text-xl font-semibold tracking-[-0.02em] tabular-nums">
                  {format.number(photos[figure])}
                </dd>
              </div>
            ),
        )}
        {FIGURES.map((figure) => (
          <div key={figure}>
            <dt className="text-sm text-ink-muted">{t(`figures.${figure}`)}</dt>
            <dd className="mt-0.5 text-xl font-semibold tracking-[-0.02em] tabular-nums">
              {format.number(rows[figure])}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
