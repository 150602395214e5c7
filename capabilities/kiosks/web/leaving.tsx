'use client'
import { Button, Card, EmptyState } from '@opsflow/platform/web'
import { CloudUpload, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { isOutOfReach, useForgetTablet } from '../client/index.ts'
import { EnrolForm } from './enrol-form.tsx'
import type { TabletParts } from './parts.ts'

const TRY_AGAIN_MS = 5000

/**
 * Wiped or revoked. Names, PINs and languages go at once; what was not sent is delivered first, into a manager's hands,
 * and nothing of it is forgotten before the server has said that it has it. Where it will not take it, it is saved.
 */
export function Leaving({ parts }: { parts: TabletParts }) {
  const t = useTranslations('kiosks.tablet')
  const forget = useForgetTablet()
  const [state, setState] = useState<'delivering' | 'stuck' | 'saved' | 'gone'>('delivering')
  const [tries, setTries] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` says when to try again
  useEffect(() => {
    if (state !== 'delivering') return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    parts
      .deliver()
      .then(forget)
      .then(
        () => isOver || setState('gone'),
        (error: unknown) => {
          if (isOver) return
          if (isOutOfReach(error)) timer = setTimeout(() => setTries((before) => before + 1), TRY_AGAIN_MS)
          else setState('stuck')
        },
      )
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [state, tries])

  if (state === 'gone') return <EnrolForm title={t('wipedTitle')} text={t('wipedText')} />
  if (state === 'delivering') {
    return (
      <main className="flex min-h-dvh flex-col items-center justify-center p-6">
        <EmptyState icon={<CloudUpload aria-hidden />} title={<span className="text-2xl">{t('wipedTitle')}</span>}>
          <p className="text-base">{t(tries === 0 ? 'delivering' : 'deliveringLater')}</p>
        </EmptyState>
      </main>
    )
  }
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center gap-6 p-6">
      <Card className="grid gap-5 p-6 text-center">
        <TriangleAlert aria-hidden className="mx-auto size-12 text-danger" />
        <h1 className="text-2xl font-semibold tracking-[-0.02em]">{t('stuckTitle')}</h1>
        <p className="text-balance text-ink-muted">{t('stuckText')}</p>
        <Button
          look="primary"
          className="min-h-16 text-base"
          onClick={() => parts.save().then(() => setState('saved'))}
        >
          {t('saveFile')}
        </Button>
        <Button
          look="danger"
          className="min-h-16 text-base"
          disabled={state !== 'saved'}
          onClick={() => forget().then(() => setState('gone'))}
        >
          {t('forgetAll')}
        </Button>
      </Card>
    </main>
  )
}
