'use client'
import { PinPad } from '@opsflow/platform/web'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Present, useChoosePin, useSignInAtTablet } from '../client/index.ts'
import type { Tablet } from '../kiosk.ts'
import { givenPin } from './given-pin.ts'
import { useRefusal } from './use-refusal.ts'

/**
 * Twice the same. The PIN so far was entered a moment ago; after a reload it is asked for once more. The new one is
 * proved at once: from then on this tablet knows it too.
 */
export function ChoosePin({
  tablet,
  person,
  onChosen,
}: {
  tablet: Tablet
  person: Present
  onChosen: (person: Present) => void
}) {
  const t = useTranslations('kiosks.tablet')
  const refusal = useRefusal()
  const choose = useChoosePin()
  const signIn = useSignInAtTablet(tablet, false)
  const [current, setCurrent] = useState(givenPin.get)
  const [first, setFirst] = useState<string>()
  const [pin, setPin] = useState('')
  const [differ, setDiffer] = useState(false)
  const refused = choose.error ?? signIn.error
  const label = current === undefined ? t('enterPin') : t(first === undefined ? 'newPin' : 'again')

  function complete(typed: string) {
    setPin('')
    if (current === undefined) return setCurrent(typed)
    if (first === undefined) return setFirst(typed)
    setFirst(undefined)
    if (first !== typed) return setDiffer(true)
    choose.mutate(
      { pin: typed, currentPin: current },
      {
        onSuccess() {
          givenPin.keep(undefined)
          signIn.mutate({ memberId: person.id, pin: typed }, { onSuccess: onChosen })
        },
        onError: (error) => (error as { code?: string }).code === 'kiosks.pin_wrong' && setCurrent(undefined),
      },
    )
  }

  return (
    <div className="mx-auto max-w-md text-center">
      <h1 className="text-2xl font-semibold tracking-[-0.02em]">{t('choosePin')}</h1>
      <p className="mt-2 text-balance text-ink-muted">{t('choosePinText')}</p>
      <p className="mt-6 text-lg font-semibold">{label}</p>
      <PinPad
        key={label}
        label={label}
        value={pin}
        onChange={(next) => {
          setPin(next)
          setDiffer(false)
          if (next !== '') choose.reset()
        }}
        onComplete={complete}
        busy={choose.isPending || signIn.isPending}
        error={differ ? t('differ') : refused ? refusal(refused) : undefined}
      />
    </div>
  )
}
