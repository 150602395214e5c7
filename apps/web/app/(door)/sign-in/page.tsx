'use client'
import { SignInForm } from '@opsflow/capabilities/people/web'
import { organizationIn, withOrganization } from '@opsflow/platform/organization-path'
import { Card } from '@opsflow/platform/web'
import { useRouter, useSearchParams } from 'next/navigation'
import { Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { rememberOrganization } from '../../../shell/choice.ts'
import { nameInAddress } from '../../../shell/session.ts'

export default function SignInPage() {
  const t = useTranslations('app.signIn')
  return (
    <div className="w-full max-w-sm">
      <h1 className="text-center text-2xl font-semibold tracking-[-0.025em] text-balance">{t('title')}</h1>
      <p className="mt-2 mb-6 text-center text-[0.9375rem] text-balance text-ink-muted">{t('text')}</p>
      <Card className="p-5 sm:p-6">
        <Suspense fallback={<div className="h-64" />}>
          <Form />
        </Suspense>
      </Card>
    </div>
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
        rememberOrganization(organization)
        router.replace(organizationIn(page) || !organization ? page : withOrganization(page, organization))
      }}
    />
  )
}

/** Only back to a page of ours: an address of another site must not ride in on the sign-in. */
const isOwnPage = (next: string | null): next is string => next !== null && /^\/(?![/\\])/.test(next)
