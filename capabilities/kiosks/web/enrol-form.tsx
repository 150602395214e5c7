'use client'
import { Button, Card, Field, Input } from '@opsflow/platform/web'
import { TabletSmartphone } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useEnrolTablet } from '../client/index.ts'
import { LanguageButton } from './language.tsx'
import { useRefusal } from './use-refusal.ts'

/** The code is typed, or came with the scanned link: then it stands there, and one touch is left. */
export function EnrolForm({ title, text }: { title: string; text: string }) {
  const t = useTranslations('kiosks.tablet')
  const refusal = useRefusal()
  const enrol = useEnrolTablet()
  const [code, setCode] = useState('')

  useEffect(() => {
    const scanned = decodeURIComponent(location.hash.slice(1))
    if (!scanned) return
    setCode(scanned)
    history.replaceState(null, '', location.pathname) // a code has no place in the history
  }, [])

  function submit(event: FormEvent) {
    event.preventDefault()
    enrol.mutate(code)
  }

  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center gap-6 p-6">
      <div className="text-center">
        <TabletSmartphone aria-hidden className="mx-auto mb-4 size-12 text-accent" />
        <h1 className="text-2xl font-semibold tracking-[-0.02em]">{title}</h1>
        <p className="mt-2 text-balance text-ink-muted">{text}</p>
      </div>
      <Card className="p-6">
        <form onSubmit={submit} className="grid gap-5">
          <Field label={t('code')} error={enrol.error && refusal(enrol.error)}>
            <Input
              value={code}
              onChange={(event) => setCode(event.target.value)}
              required
              maxLength={12}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              dir="ltr"
              className="min-h-20 text-center font-mono text-3xl tracking-[0.15em] uppercase"
            />
          </Field>
          <Button look="primary" type="submit" busy={enrol.isPending} className="min-h-16 text-base">
            {t('enrol')}
          </Button>
        </form>
      </Card>
      <LanguageButton />
    </main>
  )
}
