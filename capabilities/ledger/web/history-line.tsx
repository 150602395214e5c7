import { Moment } from '@opsflow/platform/web'
import { ShieldCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { readDoing } from '../doing.ts'
import type { LedgerEvent } from '../history.ts'

/** One change: what, who, where, when and whether it is sealed; the rest is a press away. `content`: the row, once it was verified. */
export function HistoryLine({ event, content }: { event: LedgerEvent; content?: string | undefined }) {
  const t = useTranslations('ledger.history')
  const who = useWho(event)
  return (
    <li className="py-3 text-sm">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <p className="font-medium wrap-anywhere">
          {useKind(event.kind)}, {t(`done.${event.op}`)}
        </p>
        <span className={event.leaf === null ? 'text-ink-muted' : 'inline-flex items-center gap-1 text-ok'}>
          {event.leaf !== null && <ShieldCheck aria-hidden className="size-4 self-center" />}
          {t(event.leaf === null ? 'waits' : 'sealed')}
        </span>
      </div>
      <p className="dotted mt-0.5 flex flex-wrap text-ink-muted">
        <span className={event.by.kind === 'database' ? 'font-medium text-danger' : undefined}>
          {event.by.kind === 'database' && <TriangleAlert aria-hidden className="me-1 inline size-4" />}
          {who}
        </span>
        {event.by.tablet !== null && <span>{t('tablet', { name: event.by.tablet })}</span>}
        {event.place?.name && <span>{event.place.name}</span>}
        <Moment at={event.at} />
      </p>
      <details className="group mt-1">
        <summary className="inline-flex min-h-target cursor-pointer items-center text-ink-muted underline-offset-4 hover:text-ink hover:underline">
          {t('details')}
        </summary>
        <Details event={event} content={content} />
      </details>
    </li>
  )
}

function Details({ event, content }: { event: LedgerEvent; content: string | undefined }) {
  const t = useTranslations('ledger.history')
  const format = useFormatter()
  const exactly = (at: string) => format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'medium' })
  const came = readDoing(event.doing)
  return (
    <dl className="grid gap-x-4 gap-y-2 rounded-lg bg-sunken px-3.5 py-3 sm:grid-cols-[auto_minmax(0,1fr)]">
      <Fact name={t('wayIn')}>
        {came.way === 'command'
          ? t('command', { command: came.command })
          : came.way === 'route'
            ? t('route', { route: came.route })
            : t('unknownWay')}
      </Fact>
      {came.way === 'command' && (
        <Fact name={t('deviceAt')}>
          {exactly(came.deviceAt)} ({t(`quality.${came.quality}`)})
        </Fact>
      )}
      <Fact name={t('noted')}>{exactly(event.at)}</Fact>
      {event.head && event.leaf !== null && (
        <Fact name={t('head')}>
          {t('headText', { leaf: event.leaf, size: event.head.size, at: exactly(event.head.at) })}
        </Fact>
      )}
      <Fact name={t('row')} isCode>
        {event.recordId}
      </Fact>
      <Fact name={t('before')} isCode={event.before !== null}>
        {event.before ?? t('nothing')}
      </Fact>
      <Fact name={t('after')} isCode={event.after !== null}>
        {event.after ?? t('nothing')}
      </Fact>
      {content && (
        <Fact name={t('content')}>
          <Content of={content} />
        </Fact>
      )}
    </dl>
  )
}

/** Column by column, named as the digest names them. */
function Content({ of }: { of: string }) {
  return (
    <ul lang="en" className="grid gap-0.5 font-mono text-xs wrap-anywhere">
      {Object.entries(JSON.parse(of) as Record<string, unknown>)
        .filter(([, value]) => value !== null)
        .map(([column, value]) => (
          <li key={column}>
            <span className="text-ink-muted">{column}</span>{' '}
            {typeof value === 'object' ? JSON.stringify(value) : String(value)}
          </li>
        ))}
    </ul>
  )
}

function Fact({ name, isCode, children }: { name: string; isCode?: boolean; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-ink-muted">{name}</dt>
      <dd className={isCode ? 'font-mono text-xs leading-5 break-all' : 'wrap-anywhere'}>{children}</dd>
    </div>
  )
}

function useWho({ by: { kind, name } }: LedgerEvent): string {
  const t = useTranslations('ledger.history.by')
  if (name === null) return t('nobody')
  return kind === 'member' ? name : t(kind, { name })
}

/** What a kind of record is called; of one without a word, its table's name. */
function useKind(kind: string): string {
  const t = useTranslations('ledger.history.kinds')
  return t.has(kind as 'tasks') ? t(kind as 'tasks') : kind.replaceAll('_', ' ')
}
