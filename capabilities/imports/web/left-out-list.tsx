'use client'
import { Panel, StatusBadge } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import type { Look } from '../audit-import.ts'

type LeftOut = Pick<Look['templates'][number]['leftOut'][number], 'label' | 'code' | 'detail'>

/** What a peer says and ours cannot, item by item. */
export function LeftOutList({ look }: { look: Look }) {
  const t = useTranslations('imports')
  return (
    <>
      {look.templates.map(({ sourceId, name, sections, items, canBeMade, templateId, leftOut }) => (
        <Panel
          key={sourceId}
          title={name}
          hint={t('templateHolds', { sections, items })}
          actions={
            <StatusBadge tone={templateId ? 'neutral' : canBeMade ? 'ok' : 'danger'}>
              {t(templateId ? 'templateHere' : canBeMade ? 'templateNew' : 'templateNot')}
            </StatusBadge>
          }
        >
          {leftOut.length === 0 ? <p className="text-ink-muted">{t('nothingLeftOut')}</p> : <Lines of={leftOut} />}
        </Panel>
      ))}
      {look.leftOut.length > 0 && (
        <Panel title={t('staysBehind')}>
          <Lines of={look.leftOut} />
        </Panel>
      )}
      {look.moreLeftOut > 0 && (
        <p className="text-sm text-ink-muted">{t('moreLeftOut', { count: look.moreLeftOut })}</p>
      )}
    </>
  )
}

function Lines({ of }: { of: readonly LeftOut[] }) {
  const t = useTranslations('imports.leftOut')
  return (
    <ul className="max-h-96 divide-y divide-line overflow-y-auto">
      {of.map(({ label, code, detail }, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file never change their place
        <li key={n} className="py-2 text-[0.9375rem] leading-snug wrap-anywhere">
          <span className="font-medium">{label || '–'}</span>{' '}
          <span className="text-ink-muted">
            {t.has(code) ? t(code) : code}
            {detail && ` (${detail})`}
          </span>
        </li>
      ))}
    </ul>
  )
}
