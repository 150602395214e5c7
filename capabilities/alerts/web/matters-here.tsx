'use client'
import { titleOf } from '@opsflow/capabilities/tasks/client'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { Button, cx, Link, UnsentMark, useClock } from '@opsflow/platform/web'
import { Siren } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { isHeld, MATTER, useMatters } from '../client/index.ts'
import type { Matter } from '../matter.ts'
import { causeHref } from './cause.ts'
import { Acknowledge, Facts, State } from './matter-rows.tsx'

const SHOWN = 4

type Here = {
  locationId: string
  /** Subjects that stand elsewhere on the screen and ask the same. */
  without: ReadonlySet<string>
  /** Where a subject is done, if not at its own page. */
  doneAt: ReadonlyMap<string, string>
  /** Below them, without what stands among them already. */
  rest: (shown: ReadonlySet<string>) => ReactNode
}

/**
 * What is late, failed or unanswered at the location of a shared tablet, for whoever is at it: what they were told of
 * comes first, and they say there that they have it. One matter stands in one place.
 */
export function MattersHere({ locationId, without, doneAt, rest }: Here) {
  const now = useClock()
  const matters = useMatters({ view: 'open', locationId }, now)
  const open = matters.filter(({ subject }) => !without.has(subject.id))
  const [isAll, setAll] = useState(false)
  const shown = isAll ? open : open.slice(0, SHOWN)
  return (
    <>
      {open.length > 0 && <Matters open={open} shown={shown} isAll={isAll} onAll={setAll} doneAt={doneAt} now={now} />}
      {rest(new Set(shown.map(({ subject }) => subject.id)))}
    </>
  )
}

type Listed = {
  open: readonly Matter[]
  shown: readonly Matter[]
  isAll: boolean
  onAll: (all: boolean) => void
  doneAt: Here['doneAt']
  now: number
}

function Matters({ open, shown, isAll, onAll, doneAt, now }: Listed) {
  const t = useTranslations('alerts.here')
  return (
    <section>
      <h2 className="mb-3 flex items-center gap-3 text-xl font-semibold tracking-[-0.015em] [&_svg]:size-6">
        <Siren aria-hidden className={cx(open.some((one) => !isHeld(one, now)) && 'text-warn')} />
        {t('title')}
        <span className="font-normal text-ink-muted">{open.length}</span>
      </h2>
      <ul className="grid gap-3">
        {shown.map((matter) => (
          <MatterCard key={matter.id} matter={matter} at={doneAt.get(matter.subject.id)} />
        ))}
      </ul>
      {open.length > SHOWN && (
        <Button look="quiet" className="mt-2 min-h-14 text-base" aria-expanded={isAll} onClick={() => onAll(!isAll)}>
          {isAll ? t('fewer') : t('all', { count: open.length })}
        </Button>
      )}
    </section>
  )
}

function MatterCard({ matter, at }: { matter: Matter; at: string | undefined }) {
  const t = useTranslations('alerts')
  const isUnsent = useUnsentIds(MATTER).has(matter.id)
  const language = useLocale()
  const title = t(`titles.${matter.kind}`, { name: titleOf({ ...matter, title: matter.name }, language) })
  // An alarm and set-aside work have no page of their own on a tablet.
  const leads = matter.subject.kind === 'checklist' || matter.subject.kind === 'task'
  return (
    <li
      data-matter={matter.id}
      className="flex min-h-20 flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border border-line bg-surface px-4 py-3 shadow-card"
    >
      <div className="min-w-0 flex-1 basis-64">
        {leads ? (
          <Link
            href={at ?? causeHref(matter)}
            className="-my-2 inline-flex min-h-14 items-center font-semibold text-pretty"
          >
            {title}
          </Link>
        ) : (
          <p className="font-semibold text-pretty">{title}</p>
        )}
        <Facts matter={matter} />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        {isUnsent && <UnsentMark />}
        <State matter={matter} />
        <Acknowledge matter={matter} />
      </div>
    </li>
  )
}
