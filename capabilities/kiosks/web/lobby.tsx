'use client'
import { Avatar, Button, EmptyState, Input, PinPad } from '@opsflow/platform/web'
import { ChevronLeft, Users } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Present, useSignInAtTablet } from '../client/index.ts'
import type { StaffMember, Tablet } from '../kiosk.ts'
import { givenPin } from './given-pin.ts'
import { LanguageButton } from './language.tsx'
import { Offline } from './offline.tsx'
import { useRefusal } from './use-refusal.ts'

type Enter = (person: Present) => void

/** Nobody is signed in: a face, then six digits. */
export function Lobby({
  tablet,
  offline,
  unsent,
  onEnter,
}: {
  tablet: Tablet
  offline: boolean
  /** What waits to be sent, whoever did it. */
  unsent: ReactNode
  onEnter: Enter
}) {
  const t = useTranslations('kiosks.tablet')
  const [chosen, setChosen] = useState<StaffMember>()
  return (
    <div className="flex min-h-dvh flex-col">
      {offline && <Offline>{t('offline')}</Offline>}
      <header className="flex min-h-20 items-center gap-4 px-6">
        <p className="min-w-0 flex-1 truncate text-lg font-semibold">
          {tablet.location?.name} <span className="font-normal text-ink-muted">· {tablet.kiosk?.name}</span>
        </p>
        {unsent}
        <LanguageButton />
      </header>
      <main className="mx-auto w-full max-w-4xl flex-1 px-6 pb-8">
        {chosen ? (
          <EnterPin
            person={chosen}
            tablet={tablet}
            offline={offline}
            onEnter={onEnter}
            onBack={() => setChosen(undefined)}
          />
        ) : (
          <Faces staff={tablet.staff} onChoose={setChosen} />
        )}
      </main>
    </div>
  )
}

function Faces({ staff, onChoose }: { staff: readonly StaffMember[]; onChoose: (person: StaffMember) => void }) {
  const t = useTranslations('kiosks.tablet')
  const [sought, setSought] = useState('')
  if (staff.length === 0) {
    return (
      <EmptyState icon={<Users aria-hidden />} title={t('nobody')}>
        {t('nobodyText')}
      </EmptyState>
    )
  }
  const shown = staff.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()))
  return (
    <>
      <h1 className="mt-2 mb-5 text-2xl font-semibold tracking-[-0.02em]">{t('who')}</h1>
      {staff.length > 24 && (
        <Input
          type="search"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          placeholder={t('find')}
          aria-label={t('find')}
          className="mb-4"
        />
      )}
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        {shown.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              onClick={() => onChoose(person)}
              className="flex min-h-36 w-full flex-col items-center justify-center gap-3 rounded-2xl border border-line bg-surface p-4 text-center font-medium shadow-card transition-colors hover:border-line-strong active:bg-sunken"
            >
              <Avatar name={person.name} size="large" />
              <span className="w-full truncate">{person.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function EnterPin({
  person,
  tablet,
  offline,
  onEnter,
  onBack,
}: {
  person: StaffMember
  tablet: Tablet
  offline: boolean
  onEnter: Enter
  onBack: () => void
}) {
  const t = useTranslations('kiosks.tablet')
  const refusal = useRefusal()
  const signIn = useSignInAtTablet(tablet, offline)
  const [pin, setPin] = useState('')
  const prove = (typed: string) =>
    signIn.mutate(
      { memberId: person.id, pin: typed },
      {
        onSuccess(proved) {
          givenPin.keep(proved.mustChangePin ? typed : undefined)
          onEnter(proved)
        },
        onError: () => setPin(''),
      },
    )
  return (
    <>
      <Button look="quiet" onClick={onBack} className="-ms-4 text-base">
        <ChevronLeft aria-hidden className="rtl:rotate-180" />
        {t('back')}
      </Button>
      <div className="mt-2 mb-4 flex flex-col items-center gap-3">
        <Avatar name={person.name} size="large" />
        <h1 className="text-2xl font-semibold tracking-[-0.02em]">{person.name}</h1>
        <p className="text-ink-muted">{t('enterPin')}</p>
      </div>
      <PinPad
        label={t('pin', { name: person.name })}
        value={pin}
        onChange={(next) => {
          setPin(next)
          if (next !== '') signIn.reset()
        }}
        onComplete={prove}
        busy={signIn.isPending}
        error={signIn.error ? refusal(signIn.error) : undefined}
      />
    </>
  )
}
