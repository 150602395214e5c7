'use client'
import { RelativeTime, StatusBadge, type Tone, useClock } from '@opsflow/platform/web'
import { ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import type { Checklist } from '../../checklist.ts'
import { useChecklistHere } from '../../client/index.ts'
import { standingOf } from '../../standing-of.ts'
import { fetchDoScreen } from './lazy-do.tsx'

const tones: Record<string, Tone> = { due: 'accent', late: 'warn', missed: 'danger' }

/** One to be done, in a list: where it stands, and one touch to go on with it. */
export function OpenChecklist({
  list,
  place,
  onOpen,
}: {
  list: Checklist
  /** Named where the list is of several. */
  place?: string | undefined
  onOpen: (id: string) => void
}) {
  const t = useTranslations('doing.step')
  const standing = standingOf(list, useClock())
  const { progress } = useChecklistHere(list.id)
  useEffect(fetchDoScreen, [])
  const word = standing === 'late' || standing === 'due' ? standing : undefined
  return (
    <button
      type="button"
      onClick={() => onOpen(list.id)}
      className="flex min-h-20 w-full items-center gap-4 rounded-xl border border-line bg-surface px-5 py-3 text-start shadow-card hover:border-line-strong"
    >
      <span className="min-w-0 flex-1">
        <span className="block text-lg leading-snug font-semibold text-pretty">{list.name}</span>
        <span className="dotted flex flex-wrap text-ink-muted">
          {place && <span>{place}</span>}
          {list.status === 'in_progress' && (
            <span>{t('progress', { answered: progress.answered, asked: progress.asked })}</span>
          )}
          {list.handOvers?.length > 0 && <span>{list.handOvers.at(-1)?.to.name}</span>}
          {list.status === 'open' && list.dueAt && <RelativeTime at={list.dueAt} />}
        </span>
      </span>
      {word && <StatusBadge tone={tones[word] ?? 'neutral'}>{t(`standing.${word}`)}</StatusBadge>}
      <ChevronRight aria-hidden className="size-6 shrink-0 text-ink-muted rtl:rotate-180" />
    </button>
  )
}
