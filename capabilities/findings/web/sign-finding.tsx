'use client'
import { type Seated, useSeat } from '@opsflow/platform/client/sync/seat'
import { Button, PinPad } from '@opsflow/platform/web'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'

/** A confirmation: on one's own device a button gives it, on a shared tablet the PIN does. */
export function SignFinding({
  busy,
  onSign,
  children,
}: {
  busy: boolean
  onSign: (signedBy?: Seated) => void
  children: ReactNode
}) {
  const t = useTranslations('findings.verify')
  const seat = useSeat()
  const [asking, setAsking] = useState(false)
  const [pin, setPin] = useState('')
  const sign = useMutation({
    networkMode: 'always',
    mutationFn: async (typed: string) => seat?.sign(typed),
    onSuccess: (signedBy) => {
      setAsking(false)
      onSign(signedBy)
    },
    onSettled: () => setPin(''),
  })
  // A PIN never outlives a locked screen.
  useEffect(() => () => setPin(''), [])
  if (!seat || !asking) {
    return (
      <Button
        look="primary"
        className="h-14 w-full text-base"
        busy={busy}
        onClick={() => (seat ? setAsking(true) : onSign())}
      >
        {children}
      </Button>
    )
  }
  return (
    <div className="grid gap-3 border-t border-line pt-5">
      <p className="text-center text-lg font-semibold">{t('pin')}</p>
      {sign.error && (
        <p role="alert" className="text-center text-sm font-medium text-danger">
          {seat.why(sign.error)}
        </p>
      )}
      <PinPad
        label={t('pin')}
        value={pin}
        onChange={setPin}
        onComplete={(typed) => sign.mutate(typed)}
        busy={busy || sign.isPending}
      />
    </div>
  )
}
