'use client'
import { type Seated, useSeat } from '@opsflow/platform/client/sync/seat'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { cx } from './classes.ts'
import { PinPad } from './pin-pad.tsx'

/** What is critical: on one's own device a button does it, on a shared tablet the PIN of whoever is at it. */
export function SignButton({
  ask,
  busy,
  disabled,
  className,
  onSign,
  children,
}: {
  /** What the pad asks for. */
  ask: string
  busy: boolean
  disabled?: boolean | undefined
  className?: string
  onSign: (signedBy?: Seated) => void
  children: ReactNode
}) {
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
        className={cx('min-h-14 text-base', className)}
        busy={busy}
        disabled={disabled}
        onClick={() => (seat ? setAsking(true) : onSign())}
      >
        {children}
      </Button>
    )
  }
  return (
    <div className="grid gap-3 border-t border-line pt-5">
      <p className="text-center text-lg font-semibold">{ask}</p>
      {sign.error && (
        <p role="alert" className="text-center text-sm font-medium text-danger">
          {seat.why(sign.error)}
        </p>
      )}
      <PinPad
        label={ask}
        value={pin}
        onChange={setPin}
        onComplete={(typed) => sign.mutate(typed)}
        busy={busy || sign.isPending}
      />
    </div>
  )
}
