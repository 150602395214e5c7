'use client'
import { titleOf } from '@opsflow/capabilities/tasks/client'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useViewer } from '@opsflow/platform/client/viewer'
import {
  Button,
  cx,
  Link,
  RelativeTime,
  SkeletonRows,
  StatusBadge,
  type Tone,
  UnsentMark,
  useClock,
  useToast,
} from '@opsflow/platform/web'
import { ChevronDown } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { isHeld, isUnread, MATTER, useAcknowledgeMatter, useSeeMatter } from '../client/index.ts'
import type { Matter } from '../matter.ts'
import { causeHref } from './cause.ts'

const Thread = lazy(() => import('./thread.tsx'))

/** Matters as rows: what, where, since when, who has it, and the one next step. */
type Shown = { openId?: string | undefined; onLeave?: (() => void) | undefined }

export function MatterRows({ matters, openId, onLeave }: { matters: readonly Matter[] } & Shown) {
  return (
    <ul className="divide-y divide-line">
      {matters.map((matter) => (
        <MatterRow key={matter.id} matter={matter} isAsked={matter.id === openId} onLeave={onLeave} />
      ))}
    </ul>
  )
}

function MatterRow({ matter, isAsked, onLeave }: { matter: Matter; isAsked: boolean } & Pick<Shown, 'onLeave'>) {
  const t = useTranslations('alerts')
  const language = useLocale()
  const { memberId } = useViewer()
  const see = useSeeMatter()
  const isUnsent = useUnsentIds(MATTER).has(matter.id)
  const [isOpen, setOpen] = useState(isAsked)
  const unread = isUnread(matter, memberId)
  const read = () => {
    if (unread) see.mutate({ matterId: matter.id })
  }
  const toggle = () => {
    if (!isOpen) read()
    setOpen(!isOpen)
  }
  return (
    <li data-matter={matter.id} className={cx('px-4 py-3 sm:px-5', unread && 'bg-accent-tint/60')}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2.5">
        <div className="min-w-0 flex-1 basis-72">
          <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            {unread && (
              <span className="rounded-full bg-accent px-2 text-xs leading-5 font-semibold text-on-accent">
                {t('unread')}
              </span>
            )}
            <Link
              href={causeHref(matter)}
              onClick={() => {
                read()
                onLeave?.()
              }}
              className="-my-1 rounded py-1 text-[0.9375rem] leading-snug font-medium text-pretty hover:underline"
            >
              {t(`titles.${matter.kind}`, { name: titleOf({ ...matter, title: matter.name }, language) })}
            </Link>
            {isUnsent && <UnsentMark />}
          </p>
          <Facts matter={matter} />
        </div>
        <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
          <State matter={matter} />
          <div className="flex gap-2 max-sm:ms-auto">
            <Button look="quiet" aria-expanded={isOpen} onClick={toggle}>
              {isOpen ? t('less') : t('more')}
              <ChevronDown aria-hidden className={cx('transition-transform', isOpen && 'rotate-180')} />
            </Button>
            <Acknowledge matter={matter} />
          </div>
        </div>
      </div>
      {isOpen && (
        <Suspense fallback={<SkeletonRows rows={2} className="pt-3" />}>
          <Thread matter={matter} />
        </Suspense>
      )}
    </li>
  )
}

export function Facts({ matter }: { matter: Matter }) {
  const t = useTranslations('alerts')
  const viewer = useViewer()
  const place = viewer.locations.length > 1 && viewer.locations.find(({ id }) => id === matter.locationId)?.name
  return (
    <p className="dotted mt-0.5 flex flex-wrap text-sm text-ink-muted">
      {matter.severity === 'critical' && <span className="font-semibold text-danger">{t('critical')}</span>}
      {place && <span className="truncate">{place}</span>}
      <span>{t.rich('since', { time: () => <RelativeTime at={matter.since} /> })}</span>
    </p>
  )
}

export function State({ matter }: { matter: Matter }) {
  const t = useTranslations('alerts.states')
  const held = isHeld(matter, useClock())
  const name = matter.acknowledgedBy?.name
  if (matter.closedAt !== null) {
    const because = matter.closedBecause ?? 'over'
    return <StatusBadge tone={endTones[because] ?? 'neutral'}>{t(because)}</StatusBadge>
  }
  if (held) return <StatusBadge tone="info">{name ? t('held', { name }) : t('heldUnknown')}</StatusBadge>
  const tone = matter.severity === 'critical' ? 'danger' : 'warn'
  return <StatusBadge tone={tone}>{t(matter.acknowledgedAt === null ? 'open' : 'returned')}</StatusBadge>
}

const endTones: Partial<Record<NonNullable<Matter['closedBecause']>, Tone>> = {
  done: 'ok',
  in_time: 'ok',
  missed: 'warn',
}

/** One tap: I look after it. Nobody else is told while that holds. */
export function Acknowledge({ matter }: { matter: Matter }) {
  const t = useTranslations('alerts')
  const viewer = useViewer()
  const toast = useToast()
  const write = useAcknowledgeMatter()
  const isMine = isHeld(matter, useClock()) && matter.acknowledgedBy?.id === viewer.memberId
  if (matter.closedAt !== null || isMine || !viewer.can('alerts.acknowledge', matter.locationId)) return null
  const acknowledge = () =>
    write.mutate(
      { id: crypto.randomUUID(), matterId: matter.id, holdMinutes: null },
      {
        onSuccess: () => toast({ message: t('acknowledged') }),
        onError: () => toast({ message: t('failed'), tone: 'danger' }),
      },
    )
  return (
    <Button look="primary" busy={write.isPending} onClick={acknowledge}>
      {t('acknowledge')}
    </Button>
  )
}
