'use client'
import { Button, Dialog, Field, TextArea, useToast } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFinish } from '../client/index.ts'
import { endingsOf } from '../endings.ts'
import type { Process } from '../process.ts'
import type { Disposition } from '../process-words.ts'
import type { Verdict } from '../verdict.ts'
import { chipClass } from './probe-choice.tsx'
import { RefusalText } from './refusal-text.tsx'

const REASONS = ['tooWarm', 'tooLate', 'spoiled', 'spilled'] as const

/** How it may end now, by what is proven: each a button. Throwing it away asks for a reason. */
export function FinishProcess({ process, verdict }: { process: Process; verdict: Verdict }) {
  const t = useTranslations('processes.finish')
  const words = useTranslations('processes.dispositions')
  const toast = useToast()
  const finish = useFinish()
  const [isDiscarding, setDiscarding] = useState(false)
  const [reason, setReason] = useState('')
  const endings = endingsOf(process, verdict)
  const end = (disposition: Disposition, note = '') =>
    finish.mutate(
      { processId: process.id, id: crypto.randomUUID(), disposition, note },
      {
        onSuccess() {
          setDiscarding(false)
          toast({ message: t('done', { product: process.product, ending: words(disposition) }) })
        },
      },
    )
  return (
    <section
      aria-label={t('title')}
      className="grid gap-3 rounded-xl border border-line bg-surface p-4 shadow-card sm:p-5"
    >
      <h2 className="text-lg font-semibold tracking-[-0.01em]">{t('title')}</h2>
      {endings.length === 1 && verdict.result === 'running' && <p className="text-sm text-ink-muted">{t('notYet')}</p>}
      {finish.error && !isDiscarding && <RefusalText error={finish.error} />}
      <div className="grid gap-2 sm:grid-cols-2">
        {endings.map((ending) => (
          <Button
            key={ending}
            look={ending === 'discarded' ? (verdict.result === 'failed' ? 'danger' : 'secondary') : 'primary'}
            className="min-h-14 text-base"
            busy={finish.isPending}
            onClick={() => (ending === 'discarded' ? setDiscarding(true) : end(ending))}
          >
            {t(`actions.${ending}`)}
          </Button>
        ))}
      </div>
      <Dialog open={isDiscarding} onClose={() => setDiscarding(false)} title={t('why')}>
        <div className="grid gap-4">
          <div className="flex flex-wrap gap-2">
            {REASONS.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={reason === t(`reasons.${one}`)}
                onClick={() => setReason(t(`reasons.${one}`))}
                className={chipClass(reason === t(`reasons.${one}`))}
              >
                {t(`reasons.${one}`)}
              </button>
            ))}
          </div>
          <Field label={t('reason')}>
            <TextArea value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} />
          </Field>
          {finish.error && <RefusalText error={finish.error} />}
          <Button
            look="danger"
            className="min-h-14 text-base"
            disabled={reason.trim().length < 3}
            busy={finish.isPending}
            onClick={() => end('discarded', reason)}
          >
            {t('actions.discarded')}
          </Button>
        </div>
      </Dialog>
    </section>
  )
}
