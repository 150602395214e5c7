import { Button, Field, Input } from '@opsflow/platform/web'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { RefusalText } from '../refusal-text.tsx'

export type Second = { code?: string; recoveryCode?: string }

/** The code of an authenticator app, or one of the recovery codes that were written down. */
export function SecondStep({
  error,
  isPending,
  onSend,
  onBack,
}: {
  error: unknown
  isPending: boolean
  onSend: (second: Second) => void
  onBack: () => void
}) {
  const t = useTranslations('door.second')
  const [lost, setLost] = useState(false)
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('code')).trim()
    onSend(lost ? { recoveryCode: text } : { code: text.replaceAll(/\s/g, '') })
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <h2 className="text-lg font-semibold">{t(lost ? 'recoveryTitle' : 'title')}</h2>
      <p className="text-sm text-ink-muted">{t(lost ? 'recoveryText' : 'text')}</p>
      <Field key={String(lost)} label={t(lost ? 'recoveryCode' : 'code')}>
        <Input
          name="code"
          required
          autoFocus
          autoComplete="one-time-code"
          spellCheck={false}
          {...(lost
            ? { maxLength: 40 }
            : {
                inputMode: 'numeric' as const,
                pattern: '\\s*[0-9]{3}\\s*[0-9]{3}\\s*',
                maxLength: 10,
                title: t('six'),
              })}
        />
      </Field>
      {error ? <RefusalText error={error} /> : null}
      <Button look="primary" type="submit" busy={isPending}>
        {t('submit')}
      </Button>
      <div className="flex flex-wrap justify-between gap-2">
        <Button look="quiet" onClick={onBack}>
          {t('back')}
        </Button>
        <Button look="quiet" onClick={() => setLost(!lost)}>
          {t(lost ? 'useCode' : 'useRecovery')}
        </Button>
      </div>
    </form>
  )
}
