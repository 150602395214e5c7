'use client'
import { useSession, viewerOf } from '@opsflow/capabilities/people/client'
import { CorrectiveActionScreen } from '@opsflow/capabilities/temperature/web'
import { ViewerProvider } from '@opsflow/platform/client/viewer'
import { Button, ErrorState, type LinkProps, LinkProvider, SkeletonRows } from '@opsflow/platform/web'
import { ChevronLeft } from 'lucide-react'
import { createContext, useContext, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { StaffMember, Tablet } from '../kiosk.ts'
import { CheckEntry } from './check-entry.tsx'
import { WorkNow } from './work-now.tsx'

/** Where in the work someone is. Nothing of it is in the address: it is one tablet, and many people. */
type Place = { at: 'home' } | { at: 'check'; unitId: string } | { at: 'action'; id: string }

const GoTo = createContext<(place: Place) => void>(() => undefined)
const home: Place = { at: 'home' }

/** My work now, at this location. */
export function Work({ tablet, person }: { tablet: Tablet; person: StaffMember }) {
  const t = useTranslations('kiosks.work')
  const session = useSession(`tablet ${person.id}`)
  const viewer = useMemo(() => session.data && viewerOf(session.data), [session.data])
  const [place, setPlace] = useState<Place>(home)
  const [signed, setSigned] = useState<ReadonlySet<string>>(new Set())
  const locationId = tablet.location?.id ?? ''
  if (!viewer) return session.error ? <ErrorState error={session.error} onRetry={session.refetch} /> : <SkeletonRows />
  return (
    <ViewerProvider value={viewer}>
      <GoTo value={setPlace}>
        <LinkProvider value={TabletLink}>
          {place.at !== 'home' && (
            <Button look="quiet" onClick={() => setPlace(home)} className="-ms-3 -mt-2 mb-2 text-base">
              <ChevronLeft aria-hidden className="rtl:rotate-180" />
              {t('home')}
            </Button>
          )}
          {place.at === 'home' && (
            <WorkNow
              locationId={locationId}
              signed={signed}
              onCheck={(unitId) => setPlace({ at: 'check', unitId })}
              onAct={(id) => setPlace({ at: 'action', id })}
            />
          )}
          {place.at === 'check' && (
            <CheckEntry
              key={place.unitId}
              unitId={place.unitId}
              person={person}
              onSigned={(actionId) => {
                setSigned((before) => new Set(before).add(place.unitId))
                setPlace(actionId ? { at: 'action', id: actionId } : home)
              }}
            />
          )}
          {place.at === 'action' && <CorrectiveActionScreen key={place.id} actionId={place.id} />}
        </LinkProvider>
      </GoTo>
    </ViewerProvider>
  )
}

/** Links of screens that are at home elsewhere: what has a place on the tablet leads there, the rest is text. */
function TabletLink({ href, children, className, ...rest }: LinkProps) {
  const goTo = useContext(GoTo)
  const place = placeOf(String(href))
  if (!place) return null
  return (
    <a
      {...rest}
      href={String(href)}
      className={className}
      onClick={(event) => {
        event.preventDefault()
        goTo(place)
      }}
    >
      {children}
    </a>
  )
}

function placeOf(href: string): Place | undefined {
  const { pathname, searchParams } = new URL(href, 'https://tablet.invalid')
  const id = searchParams.get('id')
  return pathname === '/corrective-actions/one' && id ? { at: 'action', id } : undefined
}
