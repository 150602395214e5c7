'use client'
import { DoScreen, RecordScreen } from '@opsflow/capabilities/checklists/web'
import { viewerOf } from '@opsflow/capabilities/people/client'
import { TaskScreen } from '@opsflow/capabilities/tasks/web'
import { CorrectiveActionScreen } from '@opsflow/capabilities/temperature/web'
import { ViewerProvider } from '@opsflow/platform/client/viewer'
import { Button, type LinkProps, LinkProvider } from '@opsflow/platform/web'
import { ChevronLeft } from 'lucide-react'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Present } from '../client/index.ts'
import type { Tablet } from '../kiosk.ts'
import { CheckEntry } from './check-entry.tsx'
import { FindingHere } from './finding-here.tsx'
import type { TabletParts } from './parts.ts'
import { WorkNow } from './work-now.tsx'

/** Where in the work someone is. Nothing of it is in the address: it is one tablet, and many people. */
type Place =
  | { at: 'home' }
  | { at: 'check'; unitId: string }
  | { at: 'action' | 'task' | 'checklist' | 'record' | 'finding' | 'process'; id: string; mends: string | null }
  | { at: 'new process'; mends: string | null }
  | { at: 'attention' }

const GoTo = createContext<(place: Place) => void>(() => undefined)
const home: Place = { at: 'home' }

/** My work now, at this location, with the rights the server last said I have. */
export function Work({ tablet, person, parts }: { tablet: Tablet; person: Present; parts: TabletParts }) {
  const t = useTranslations('kiosks.work')
  const { session } = person
  const viewer = useMemo(() => session && viewerOf(session), [session])
  const [place, setPlace] = useState<Place>(home)
  const [signed, setSigned] = useState<ReadonlySet<string>>(new Set())
  const locationId = tablet.location?.id ?? ''
  if (!session || !viewer) return null
  const showProcess = (id: string) => setPlace({ at: 'process', id, mends: null })
  const mended = (uid: string | null, form: ReactNode) => (uid ? parts.mending(uid, form) : form)
  return parts.board(
    session,
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
              matters={parts.matters}
              processes={parts.processes({ at: 'home', locationId, onBegun: showProcess })}
              onCheck={(unitId) => setPlace({ at: 'check', unitId })}
              onAct={(id) => setPlace({ at: 'action', id, mends: null })}
              onList={(id) => setPlace({ at: 'checklist', id, mends: null })}
              onAttention={() => setPlace({ at: 'attention' })}
            />
          )}
          {place.at === 'check' && (
            <CheckEntry
              key={place.unitId}
              unitId={place.unitId}
              person={person}
              onSigned={(actionId) => {
                setSigned((before) => new Set(before).add(place.unitId))
                setPlace(actionId ? { at: 'action', id: actionId, mends: null } : home)
              }}
            />
          )}
          {place.at === 'new process' &&
            mended(place.mends, parts.processes({ at: 'new', locationId, onBegun: showProcess }))}
          {place.at === 'process' && mended(place.mends, parts.processes({ at: 'one', id: place.id }))}
          {place.at === 'attention' && parts.attention}
          {place.at === 'task' && <TaskScreen key={place.id} taskId={place.id} withoutBack />}
          {place.at === 'checklist' && mended(place.mends, <DoScreen key={place.id} id={place.id} back={undefined} />)}
          {place.at === 'record' && <RecordScreen key={place.id} id={place.id} />}
          {place.at === 'finding' && mended(place.mends, <FindingHere key={place.id} id={place.id} />)}
          {place.at === 'action' && mended(place.mends, <CorrectiveActionScreen key={place.id} actionId={place.id} />)}
        </LinkProvider>
      </GoTo>
    </ViewerProvider>,
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
  const mends = searchParams.get('mend')
  if (pathname === '/processes/begin') return { at: 'new process', mends }
  if (!id) return undefined
  if (pathname === '/findings/one') return { at: 'finding', id, mends }
  if (pathname === '/processes/one') return { at: 'process', id, mends }
  if (pathname === '/tasks/one') return { at: 'task', id, mends }
  if (pathname === '/checklists/do') return { at: 'checklist', id, mends }
  if (pathname === '/checklists/record') return { at: 'record', id, mends }
  return pathname === '/corrective-actions/one' ? { at: 'action', id, mends } : undefined
}
