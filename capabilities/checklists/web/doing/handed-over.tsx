'use client'
import { Button, RelativeTime } from '@opsflow/platform/web'
import { UserRoundCheck } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Checklist } from '../../checklist.ts'

const HandOver = lazy(() => import('./hand-over.tsx'))

/** Whose it is by the latest hand-over, with what they were told; and a way to hand it on. */
export function HandedOver({ list, mayHand }: { list: Checklist; mayHand: boolean }) {
  const t = useTranslations('doing.handOver')
  const [isOpen, setOpen] = useState(false)
  const last = list.handOvers?.at(-1)
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 text-sm">
      {last ? (
        <p className="min-w-0 flex-1 basis-56 rounded-lg bg-sunken px-3 py-2 text-[0.9375rem]">
          <span className="font-medium">{t('handed', { to: last.to.name, by: last.by?.name ?? t('someone') })}</span>{' '}
          <span className="text-ink-muted">
            <RelativeTime at={last.at} />
          </span>
          <span className="block whitespace-pre-line">{last.note}</span>
        </p>
      ) : (
        <span />
      )}
      {mayHand && (
        <Button look="quiet" onClick={() => setOpen(true)}>
          <UserRoundCheck aria-hidden />
          {t('title')}
        </Button>
      )}
      {isOpen && (
        <Suspense>
          <HandOver list={list} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
