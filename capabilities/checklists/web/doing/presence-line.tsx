'use client'
import { Button, RelativeTime, StatusBadge, type Tone } from '@opsflow/platform/web'
import { MapPin } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Checklist } from '../../checklist.ts'
import type { PresenceVerdict } from '../../presence.ts'
import { presenceShown } from '../../presence-shown.ts'
import { ShowPresence } from './show-presence.tsx'
import { usePresenceWords } from './use-presence-words.ts'

const tones: Record<PresenceVerdict, Tone> = {
  here: 'ok',
  unchecked: 'neutral',
  elsewhere: 'warn',
  too_inexact: 'warn',
  code_unknown: 'warn',
  code_revoked: 'warn',
  changed_meanwhile: 'warn',
}

export default function PresenceLine({
  list,
  mayShow,
  scanned,
}: {
  list: Checklist
  mayShow: boolean
  /** A code of the wall that led here. */
  scanned?: string | undefined
}) {
  const t = useTranslations('doing.presence')
  const words = usePresenceWords()
  const [isOpen, setOpen] = useState(scanned !== undefined && (list.presences ?? []).length === 0)
  const shown = presenceShown(list.presences)
  return (
    <section aria-label={t('title')} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-sm">
      <p className="flex min-w-0 flex-1 basis-56 flex-wrap items-center gap-x-2 gap-y-1">
        <MapPin aria-hidden className="size-4 shrink-0 text-ink-muted" />
        {shown ? (
          <>
            <StatusBadge tone={tones[shown.verdict]}>{words.verdict(shown)}</StatusBadge>
            <span className="text-ink-muted">
              {words.how(shown)} · <RelativeTime at={shown.at} />
            </span>
          </>
        ) : (
          <span className="text-ink-muted">{t('notShown')}</span>
        )}
      </p>
      {mayShow && (
        <Button look="quiet" onClick={() => setOpen(true)}>
          {t('show')}
        </Button>
      )}
      {mayShow && isOpen && <ShowPresence list={list} scanned={scanned} onClose={() => setOpen(false)} />}
    </section>
  )
}
