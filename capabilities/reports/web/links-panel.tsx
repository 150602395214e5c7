'use client'
import {
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Panel,
  RelativeTime,
  SkeletonRows,
  StatusBadge,
} from '@opsflow/platform/web'
import { Link2, Plus } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useInspectorLinks, useRevokeLink, useVisits } from '../client/index.ts'
import type { InspectorLink } from '../link.ts'
import type { PackLanguage } from '../pack.ts'
import { GiveLink } from './give-link.tsx'

/** The links that were given, who they are for, whether they were used. */
export function LinksPanel({
  locationId,
  span,
  language,
}: {
  locationId: string
  /** The days that are looked at: what a new link is for. */
  span: { from: string; to: string } | undefined
  language: PackLanguage
}) {
  const t = useTranslations('reports.links')
  const links = useInspectorLinks(locationId)
  const [giving, setGiving] = useState(false)
  return (
    <Panel
      flush
      title={t('title')}
      actions={
        <Button look="quiet" disabled={!span} onClick={() => setGiving(true)}>
          <Plus aria-hidden />
          {t('give')}
        </Button>
      }
    >
      {links.isPending ? (
        <SkeletonRows className="p-5" />
      ) : links.isError ? (
        <ErrorState error={links.error} onRetry={links.refetch} />
      ) : links.data.length === 0 ? (
        <EmptyState compact icon={<Link2 aria-hidden />} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {links.data.map((link) => (
            <LinkRow key={link.id} link={link} />
          ))}
        </ul>
      )}
      {span && <GiveLink open={giving} onClose={() => setGiving(false)} asked={{ locationId, ...span, language }} />}
    </Panel>
  )
}

function LinkRow({ link }: { link: InspectorLink }) {
  const t = useTranslations('reports.links')
  const format = useFormatter()
  const revoke = useRevokeLink()
  const [asking, setAsking] = useState(false)
  const [shown, setShown] = useState(false)
  const isOver = Date.parse(link.expiresAt) <= Date.now()
  const state = link.revokedAt ? 'revoked' : isOver ? 'expired' : 'open'
  return (
    <li className="px-4 py-3 sm:px-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="font-medium break-words">{link.givenTo}</p>
          <p className="text-sm text-ink-muted">
            {t('covers', { from: link.from, to: link.to })}
            {link.createdBy && ` · ${t('by', { name: link.createdBy.name })}`}
          </p>
        </div>
        <StatusBadge tone={state === 'open' ? 'ok' : 'neutral'}>{t(`states.${state}`)}</StatusBadge>
        <span className="text-sm text-ink-muted">
          {state === 'open' && t('until', { date: format.dateTime(new Date(link.expiresAt), { dateStyle: 'medium' }) })}
        </span>
        <Button look="quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {t('visits', { count: link.visits })}
        </Button>
        {state === 'open' && (
          <Button look="quiet" aria-label={`${link.givenTo}: ${t('revoke')}`} onClick={() => setAsking(true)}>
            {t('revoke')}
          </Button>
        )}
      </div>
      {shown && <Visits id={link.id} />}
      <ConfirmDialog
        open={asking}
        title={t('revokeQuestion', { name: link.givenTo })}
        action={t('revoke')}
        busy={revoke.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => revoke.mutate(link.id, { onSettled: () => setAsking(false) })}
      >
        {t('revokeText')}
      </ConfirmDialog>
    </li>
  )
}

function Visits({ id }: { id: string }) {
  const t = useTranslations('reports.links')
  const visits = useVisits(id, true)
  if (visits.isPending) return <SkeletonRows />
  if (visits.isError) return <ErrorState compact error={visits.error} onRetry={visits.refetch} />
  if (visits.data.length === 0) return <p className="mt-2 text-sm text-ink-muted">{t('neverUsed')}</p>
  return (
    <ul className="mt-2 grid gap-1 text-sm text-ink-muted">
      {visits.data.map((visit) => (
        <li key={visit.id} className="flex flex-wrap gap-x-3">
          <RelativeTime at={visit.at} />
          <span>{t(`what.${visit.what}`)}</span>
          <span className="font-mono">{visit.network}</span>
        </li>
      ))}
    </ul>
  )
}
