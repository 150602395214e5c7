'use client'
import { useSession, viewerOf } from '@opsflow/capabilities/people/client'
import { useWornPreferences } from '@opsflow/capabilities/people/web'
import { ApiProblem } from '@opsflow/platform/client/api'
import { ViewerProvider } from '@opsflow/platform/client/viewer'
import { withOrganization } from '@opsflow/platform/organization-path'
import { AppShell, ErrorState, Skeleton, SkeletonRows, wearBrand } from '@opsflow/platform/web'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { lazy, type ReactNode, Suspense, useEffect, useLayoutEffect, useMemo } from 'react'
import { DashboardWaiting } from '../dashboard/dashboard-waiting.tsx'
import { SyncBanner } from '../unsent/sync-banner.tsx'
import { UnsentChip } from '../unsent/unsent-chip.tsx'
import { AccountMenu } from './account-menu.tsx'
import { Brand } from './brand.tsx'
import { organizationInUse, rememberOrganization, useAddress } from './choice.ts'
import { Commands } from './commands.tsx'
import { DemoMark } from './demo-mark.tsx'
import { KeepClerk } from './keep-clerk.tsx'
import { KeepPush } from './keep-push.tsx'
import { forgetKeptSessions, keptSessions } from './kept-session.ts'
import { isLeaving } from './leaving.ts'
import { LookedAt } from './looked-at.ts'
import { useNavigation } from './navigation.tsx'
import { NotYourOrganization } from './not-your-organization.tsx'
import { noteEnded, notePersonHere } from './people-here.ts'
import { Photos } from './photos.tsx'
import { nameInAddress, SessionProvider } from './session.ts'
import { signInAddress } from './sign-in-address.ts'
import { SignedOut } from './signed-out.tsx'
import { StaffReplica } from './staff-replica.tsx'
import { Switcher } from './switcher.tsx'
import { isSomethingTyped } from './typed.ts'

/** Its code comes when someone is no longer admitted. */
const HandingOver = lazy(() => import('./handing-over.tsx'))
/** Comes after the first paint: no page waits for it before it answers to a touch. */
const Bell = lazy(() => import('./bell.tsx'))

/** What every page behind the sign-in shares. Without a session it leads there, and back afterwards. */
export function Frame({ children }: { children: ReactNode }) {
  const { inBrowser, organization } = useAddress()
  const isAsked = inBrowser && !isLeaving()
  const session = useSession(isAsked ? (organization ?? organizationInUse() ?? 'first') : undefined, keptSessions)
  useWayIn(session.error, organization)
  useEnd(session)
  useOrganizationInAddress(session.data, organization)
  // A shared tablet looks the same for everyone who takes it up.
  useWornPreferences(session.data?.kioskId ? undefined : session.data?.preferences)
  useWornBrand(session.data?.organization.brand)
  return (
    <StaffReplica session={isOutside(session.error) ? undefined : session.data}>
      <Photos
        organizationId={session.data?.organization.id}
        holder={session.data?.kioskId ? 'tablet' : session.data?.member.id}
      >
        <Shell session={session}>{children}</Shell>
      </Photos>
    </StaffReplica>
  )
}

function Shell({ session, children }: { session: ReturnType<typeof useSession>; children: ReactNode }) {
  // Whoever lost their place here no longer sees what was fetched while they had it.
  const known = isOutside(session.error) ? undefined : session.data
  const viewer = useMemo(() => known && viewerOf(known), [known])
  const navigation = useNavigation((permission) => viewer?.can(permission) ?? false)
  if (!session.data || !viewer) {
    return (
      <AppShell
        brand={<Brand />}
        navigation={navigation}
        switcher={<Skeleton className="h-9 w-44" />}
        tools={null}
        banner={
          isOutside(session.error) && (
            <Suspense>
              <HandingOver />
            </Suspense>
          )
        }
      >
        <Waiting session={session} />
      </AppShell>
    )
  }
  return (
    <SessionProvider value={session.data}>
      <ViewerProvider value={viewer}>
        <KeepClerk />
        <KeepPush />
        <LookedAt />
        <AppShell
          brand={<Brand tenant={session.data.tenant.name} />}
          navigation={navigation}
          switcher={<Switcher />}
          tools={
            <>
              {session.data.tenant.isDemo && <DemoMark />}
              <UnsentChip />
              {viewer.can('alerts.read') && (
                <Suspense fallback={<span className="size-target" />}>
                  <Bell />
                </Suspense>
              )}
              <Commands navigation={navigation} />
              <AccountMenu />
            </>
          }
          banner={isSignedOut(session.error) ? <SignedOut /> : <SyncBanner />}
        >
          {children}
        </AppShell>
      </ViewerProvider>
    </SessionProvider>
  )
}

function Waiting({ session }: { session: ReturnType<typeof useSession> }) {
  if (isOutside(session.error)) return <NotYourOrganization />
  if (session.error && !isSignedOut(session.error)) {
    return <ErrorState error={session.error} onRetry={session.refetch} />
  }
  return <PageWaiting />
}

function PageWaiting() {
  const { page } = useAddress()
  return page === '/dashboard' ? <DashboardWaiting /> : <PageSkeleton />
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

function useWornBrand(brand: string | null | undefined) {
  useEffect(() => {
    if (brand !== undefined) void wearBrand(brand)
  }, [brand])
}

/** From the first answer on the address says which organization it is about, so that it can be kept and passed on. */
function useOrganizationInAddress(session: ReturnType<typeof useSession>['data'], organization: string | undefined) {
  const queries = useQueryClient()
  useEffect(() => {
    if (!session) return
    const name = nameInAddress(session.organization, session.organizations)
    rememberOrganization(name, session.member.role?.replace('org:', ''))
    notePersonHere(session)
    if (organization) return
    keptSessions.keep(name, session)
    queries.setQueryData(['session', name], session)
    history.replaceState(null, '', withOrganization(location.pathname, name) + location.search + location.hash)
  }, [session, organization, queries])
}

/** Refused where they had worked until now: what they recorded here goes to a manager, see handing-over.tsx. */
function useEnd({ data, error }: ReturnType<typeof useSession>) {
  // Before the effects of what is shown then, which look for it.
  useLayoutEffect(() => {
    if (data && isOutside(error)) noteEnded(data)
  }, [data, error])
}

const isSignedOut = (error: unknown) => error instanceof ApiProblem && error.status === 401
const isOutside = (error: unknown) => error instanceof ApiProblem && [403, 404].includes(error.status)

/**
 * No session: to the sign-in, but not away from what is being typed. What this device was last used for is no longer
 * theirs: forgotten, and asked again.
 */
function useWayIn(error: unknown, organization: string | undefined) {
  const router = useRouter()
  const queries = useQueryClient()
  useEffect(() => {
    if (isLeaving()) return router.replace('/sign-in')
    if (isSignedOut(error) || isOutside(error)) forgetKeptSessions()
    if (isSignedOut(error)) {
      if (!isSomethingTyped()) router.replace(signInAddress())
    } else if (isOutside(error) && !organization && organizationInUse()) {
      rememberOrganization(undefined)
      void queries.invalidateQueries({ queryKey: ['session'] })
    }
  }, [error, organization, router, queries])
}
