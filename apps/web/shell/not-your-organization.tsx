'use client'
import type { peopleRoutes } from '@opsflow/capabilities/people'
import { createClient } from '@opsflow/platform/client/api'
import { withOrganization } from '@opsflow/platform/organization-path'
import { Button, ButtonLink, EmptyState, LinkProvider } from '@opsflow/platform/web'
import { useQuery } from '@tanstack/react-query'
import { Building2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { nameInAddress } from './session.ts'

/** Names no organization, so it answers for whichever this person belongs to. */
const callAsMyself = createClient<typeof peopleRoutes>()

/** An address of an organization one is not in. Whether it exists is not said; where one does belong is. */
export function NotYourOrganization() {
  const t = useTranslations('app.notYourOrganization')
  const own = useQuery({
    queryKey: ['session', 'own'],
    queryFn: ({ signal }) => callAsMyself('GET /session', { signal }),
    retry: false,
  })
  const organizations = own.data?.organizations ?? []
  return (
    <LinkProvider value="a">
      <EmptyState
        icon={<Building2 aria-hidden />}
        heading="h1"
        title={t('title')}
        action={
          <>
            {organizations.map((organization) => (
              <ButtonLink
                key={organization.id}
                look="primary"
                href={withOrganization('/dashboard', nameInAddress(organization, organizations))}
              >
                {t('goTo', { organization: organization.name })}
              </ButtonLink>
            ))}
            <Button onClick={() => void signOut(own.data?.member.email ?? own.data?.member.id)}>{t('signOut')}</Button>
          </>
        }
      >
        {organizations.length > 0 ? t('text') : t('textNone')}
      </EmptyState>
    </LinkProvider>
  )
}

/** Its code comes when it is asked for. */
const signOut = async (account: string | undefined) =>
  (await import('./leave-from-outside.ts')).leaveFromOutside(account)
