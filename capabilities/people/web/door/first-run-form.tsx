'use client'
import { ApiProblem } from '@opsflow/platform/client/api'
import { Button, Field, Input, Select } from '@opsflow/platform/web'
import type { FormEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useFound } from '../../client/index.ts'
import { RefusalText } from '../refusal-text.tsx'

const kinds = ['quick_service', 'full_service', 'cafe', 'commissary', 'other'] as const
const jurisdictions = ['us', 'uk', 'sc', 'eu'] as const

type Founding = Parameters<ReturnType<typeof useFound>['mutate']>[0]

/** The first organization of an empty product. */
export function FirstRunForm({ onFounded }: { onFounded: () => void }) {
  const found = useFound()
  return (
    <FoundingForm
      error={found.error}
      isPending={found.isPending}
      onSubmit={(founding) => found.mutate(founding, { onSuccess: onFounded })}
    />
  )
}

/** An organization, its first location and its first admin, on one page. */
export function FoundingForm({
  provenEmail,
  error,
  isPending,
  onSubmit,
}: {
  /** The address is known already, by the link that led here. */
  provenEmail?: string
  error: unknown
  isPending: boolean
  onSubmit: (founding: Founding) => void
}) {
  const t = useTranslations('people.firstRun')
  const problem = error instanceof ApiProblem ? error : undefined
  const errorOf = (field: string) => problem?.fieldError(`body.${field}`) ?? problem?.fieldError(field)

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name))
    onSubmit({
      organizationName: text('organizationName'),
      locationName: text('locationName'),
      locationKind: text('locationKind') as (typeof kinds)[number],
      timezone: text('timezone'),
      temperatureUnit: text('temperatureUnit') as 'F' | 'C',
      jurisdiction: text('jurisdiction') as (typeof jurisdictions)[number],
      name: text('name'),
      email: provenEmail ?? text('email'),
      password: text('password'),
    })
  }

  return (
    <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
      <Field label={t('organizationName')} error={errorOf('organizationName')} className="sm:col-span-2">
        <Input name="organizationName" required maxLength={200} autoComplete="organization" />
      </Field>
      <Field label={t('locationName')} hint={t('locationHint')} error={errorOf('locationName')}>
        <Input name="locationName" required maxLength={200} />
      </Field>
      <Field label={t('locationKind')}>
        <Select name="locationKind" defaultValue="full_service">
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kinds.${kind}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('timezone')} error={errorOf('timezone')}>
        <Select name="timezone" defaultValue={ownZone()}>
          {zones().map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </Select>
      </Field>
      <Field label={t('temperatureUnit')}>
        <Select name="temperatureUnit" defaultValue="F">
          <option value="F">°F</option>
          <option value="C">°C</option>
        </Select>
      </Field>
      <Field label={t('jurisdiction')} className="sm:col-span-2">
        <Select name="jurisdiction" defaultValue="us">
          {jurisdictions.map((one) => (
            <option key={one} value={one}>
              {t(`jurisdictions.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      <hr className="border-line sm:col-span-2" />
      <Field label={t('name')} error={errorOf('name')} className="sm:col-span-2">
        <Input name="name" required maxLength={200} autoComplete="name" />
      </Field>
      <Field label={t('email')} error={errorOf('email')}>
        <Input
          name="email"
          type="email"
          required
          autoComplete="username"
          {...(provenEmail !== undefined && { value: provenEmail, readOnly: true })}
        />
      </Field>
      <Field label={t('password')} hint={t('passwordHint')} error={errorOf('password')}>
        <Input name="password" type="password" required minLength={12} maxLength={128} autoComplete="new-password" />
      </Field>
      {error ? (
        <div className="sm:col-span-2">
          <RefusalText error={error} />
        </div>
      ) : null}
      <Button look="primary" type="submit" busy={isPending} className="sm:col-span-2">
        {t('submit')}
      </Button>
    </form>
  )
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
const zones = () => [...new Set([ownZone(), ...Intl.supportedValuesOf('timeZone')])]
