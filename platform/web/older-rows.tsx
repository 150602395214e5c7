'use client'
import { CloudOff } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from './button.tsx'

type Query = {
  isFetching: boolean
  error: unknown
  hasNextPage: boolean
  fetchNextPage: () => unknown
  refetch: () => unknown
}

/** Below a list of the local copy: the way to what lies before it, which only the server has. */
export function OlderRows({ asked, onAsk, query }: { asked: boolean; onAsk: () => void; query: Query }) {
  const t = useTranslations('ui.older')
  if (asked && query.error) {
    return (
      <div
        role="status"
        className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 border-t border-line p-3 text-sm text-ink-muted"
      >
        <CloudOff aria-hidden className="size-4 shrink-0" />
        {t((query.error as Error).name === 'Unreachable' ? 'offline' : 'failed')}
        <Button look="quiet" busy={query.isFetching} onClick={query.refetch}>
          {t('retry')}
        </Button>
      </div>
    )
  }
  if (asked && !query.isFetching && !query.hasNextPage) return null
  return (
    <div className="border-t border-line p-3 text-center">
      <Button look="quiet" busy={query.isFetching} onClick={asked ? query.fetchNextPage : onAsk}>
        {t('show')}
      </Button>
    </div>
  )
}

/** The local rows, then those of the server that are not among them: what the device knows is newer. */
export function withOlder<Row extends { id: string }>(rows: readonly Row[], older: readonly Row[]): readonly Row[] {
  const known = new Set(rows.map(({ id }) => id))
  return [...rows, ...older.filter(({ id }) => !known.has(id))]
}
