'use client'
import { useSession, viewerOf } from '@opsflow/capabilities/people/client'
import { useBoard } from '@opsflow/capabilities/temperature/client'
import { ApiProblem } from '@opsflow/platform/client/api'
import { ViewerProvider } from '@opsflow/platform/client/viewer'
import { AppShell, ErrorState, OfflineBanner, RelativeTime, Skeleton, SkeletonRows } from '@opsflow/platform/web'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useMemo } from 'react'
import { AccountMenu } from './account-menu.tsx'
import { Brand } from './brand.tsx'
import { chooseOrganization, useChoice } from './choice.ts'
import { Commands } from './commands.tsx'
import { DemoMark } from './demo-mark.tsx'
import { LiveBoard } from './live-board.tsx'
import { useNavigation } from './navigation.tsx'
import { SessionProvider } from './session.ts'
import { Switcher } from './switcher.tsx'

/** What every page behind the sign-in shares. Without a session it leads there, and back afterwards. */
export function Frame({ children }: { children: ReactNode }) {
  const { organizationId } = useChoice()
  const session = useSession(organizationId)
  useWayIn(session.error, organizationId)
  useFirstChoice(session.data, organizationId)
  return (
    <LiveBoard key={organizationId ?? 'only'} organizationId={session.data?.organization.id}>
      <Shell session={session}>{children}</Shell>
    </LiveBoard>
  )
}

function Shell({ session, children }: { session: ReturnType<typeof useSession>; children: ReactNode }) {
  const viewer = useMemo(() => session.data && viewerOf(session.data), [session.data])
  const navigation = useNavigation((permission) => viewer?.can(permission) ?? false)
  if (!session.data || !viewer) {
    return (
      <AppShell brand={<Brand />} navigation={navigation} switcher={<Skeleton className="h-9 w-44" />} tools={null}>
        {session.error && !leadsElsewhere(session.error) ? (
          <ErrorState error={session.error} onRetry={session.refetch} />
        ) : (
          <PageSkeleton />
        )}
      </AppShell>
    )
  }
  return (
    <SessionProvider value={session.data}>
      <ViewerProvider value={viewer}>
        <AppShell
          brand={<Brand tenant={session.data.tenant.name} />}
          navigation={navigation}
          switcher={<Switcher />}
          tools={
            <>
              {session.data.tenant.isDemo && <DemoMark />}
              <Commands navigation={navigation} />
              <AccountMenu />
            </>
          }
          banner={<Offline />}
        >
          {children}
        </AppShell>
      </ViewerProvider>
    </SessionProvider>
  )
}

function Offline() {
  const { connection, confirmedAt } = useBoard()
  if (connection !== 'offline') return null
  return <OfflineBanner since={confirmedAt && <RelativeTime at={confirmedAt} />} />
}

export function PageSkeleton() {
  return (
    <div className="grid gap-4">
      <Skeleton className="h-8 w-56" />
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Skeleton className="h-28 rounded-xl" />
        <Skeleton className="h-28 rounded-xl" />
        <Skeleton className="h-28 rounded-xl" />
        <Skeleton className="h-28 rounded-xl" />
      </div>
      <SkeletonRows rows={6} />
    </div>
  )
}

/** Of several organizations the first is shown; from then on every request says which one is meant. */
function useFirstChoice(session: ReturnType<typeof useSession>['data'], organizationId: string | undefined) {
  useEffect(() => {
    if (session && !organizationId && session.organizations.length > 1) chooseOrganization(session.organization.id)
  }, [session, organizationId])
}

const leadsElsewhere = (error: unknown) =>
  error instanceof ApiProblem && (error.status === 401 || error.code.startsWith('people.organization'))

/**
 * No session: to the sign-in. An organization that is no longer theirs: forgotten, and asked again. Several and none
 * chosen on this device: the first one, which the refusal names.
 */
function useWayIn(error: unknown, organizationId: string | undefined) {
  const router = useRouter()
  useEffect(() => {
    if (!(error instanceof ApiProblem)) return
    if (error.status === 401) router.replace(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)
    else if (organizationId && [403, 404].includes(error.status)) chooseOrganization(undefined)
    else if (error.code === 'people.organization_required') chooseOrganization(error.problem.errors?.[0]?.code)
  }, [error, organizationId, router])
}
