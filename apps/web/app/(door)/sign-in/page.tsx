'use client'
import { SignInForm } from '@opsflow/capabilities/people/web'
import { organizationIn, withOrganization } from '@opsflow/platform/organization-path'
import { useRouter, useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { rememberOrganization } from '../../../shell/choice.ts'
import { DoorCard } from '../../../shell/door-card.tsx'
import { forgetKeptSessions } from '../../../shell/kept-session.ts'
import { haveLeft } from '../../../shell/leaving.ts'
import { nameInAddress } from '../../../shell/session.ts'
import { WaitingHere } from '../../../shell/waiting-here.tsx'

export default function SignInPage() {
  const t = useTranslations('app.signIn')
  return (
    <>
      <DoorCard title={t('title')} text={t('text')}>
        <Suspense fallback={<div className="h-64" />}>
          <Form />
        </Suspense>
      </DoorCard>
      <WaitingHere />
    </>
  )
}

function Form() {
  const router = useRouter()
  const next = useSearchParams().get('next')
  return (
    <SignInForm
      onSignedIn={(organizations) => {
        const [first] = organizations
        const organization = first && nameInAddress(first, organizations)
        const page = isOwnPage(next) ? next : '/dashboard'
        forgetKeptSessions()
        haveLeft()
        rememberOrganization(organization)
        router.replace(organizationIn(page) || !organization ? page : withOrganization(page, organization))
      }}
    />
  )
}

/** Only back to a page of ours: an address of another site must not ride in on the sign-in. */
const isOwnPage = (next: string | null): next is string => next !== null && /^\/(?![/\\])/.test(next)
