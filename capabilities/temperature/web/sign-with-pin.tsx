'use client'
import { useViewer } from '@opsflow/platform/client/viewer'
import { Button, PinPad } from '@opsflow/platform/web'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'

type Signature = { pin: string }

/** A critical record: on one's own device a button makes it, on a shared tablet the PIN does. */
export function SignWithPin({
  busy,
  refused,
  onSign,
  children,
}: {
  busy: boolean
  /** Another try begins with an empty pad. */
  refused: boolean
  onSign: (signature?: Signature) => void
  children: ReactNode
}) {
  const t = useTranslations('temperature.action')
  const { isShared } = useViewer()
  const [asking, setAsking] = useState(false)
  const [pin, setPin] = useState('')
  // A PIN never outlives a locked screen, nor a refusal.
  useEffect(() => () => setPin(''), [])
  useEffect(() => {
    if (refused) setPin('')
  }, [refused])
  if (!isShared || !asking) {
    return (
      <Button
        look="primary"
        className="min-h-14 text-base"
        busy={busy}
        onClick={() => (isShared ? setAsking(true) : onSign())}
      >
        {children}
      </Button>
    )
  }
  return (
    <div className="grid gap-3 border-t border-line pt-5">
      <p className="text-center text-lg font-semibold">{t('signWithPin')}</p>
      <PinPad
        label={t('signWithPin')}
        value={pin}
        onChange={setPin}
        onComplete={(typed) => onSign({ pin: typed })}
        busy={busy}
      />
    </div>
  )
}
