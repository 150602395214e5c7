'use client'
import { Button, Card, cx, EmptyState, ErrorState, SkeletonRows } from '@opsflow/platform/web'
import { FileDown, Link2Off } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useInspection, useLogoOf } from '../client/index.ts'
import type { Inspection } from '../link.ts'
import { saveFile, statusOfFile } from './save-file.ts'
import { WhatIsMissing, WhatItHolds } from './what-it-holds.tsx'

/** What an inspector sees who follows a link: whose records, of which days, what is missing, and the file. */
export function InspectionScreen({ secret }: { secret: string }) {
  const t = useTranslations('reports.inspection')
  const inspection = useInspection(secret)
  const status = (inspection.error as { problem?: { status: number } } | null)?.problem?.status
  if (secret === '' || status === 404 || status === 422) {
    return (
      <EmptyState icon={<Link2Off aria-hidden />} title={t('unknown')} heading="h1">
        {t('unknownText')}
      </EmptyState>
    )
  }
  if (inspection.isPending) return <SkeletonRows className="w-full max-w-xl" />
  if (inspection.isError) return <ErrorState error={inspection.error} onRetry={inspection.refetch} />
  return <Records secret={secret} inspection={inspection.data} />
}

function Records({ secret, inspection }: { secret: string; inspection: Inspection }) {
  const t = useTranslations('reports.inspection')
  const format = useFormatter()
  const { organization, givenTo, expiresAt, check } = inspection
  return (
    <div className="w-full max-w-xl">
      {inspection.logo && <GiversLogo secret={secret} logo={inspection.logo} organization={organization} />}
      <h1 className="text-2xl font-semibold tracking-[-0.025em] text-balance">
        {t('title', { location: check.location.name })}
      </h1>
      <p className="mt-1 text-[0.9375rem] text-ink-muted">
        {organization} · {t('covers', { from: check.from, to: check.to })}
      </p>
      <Card className="mt-6 grid gap-6 p-5 sm:p-6">
        <section>
          <h2 className="mb-3 text-[0.9375rem] font-semibold">{t('missing')}</h2>
          <WhatIsMissing gaps={check.gaps} />
        </section>
        <section>
          <h2 className="mb-3 text-[0.9375rem] font-semibold">{t('holds')}</h2>
          <WhatItHolds counts={check.counts} />
        </section>
        <TheFile secret={secret} name={`${check.location.name} ${check.from} – ${check.to}.pdf`} />
      </Card>
      <p className="mt-4 text-sm text-ink-muted">
        {t('givenTo', { name: givenTo, date: format.dateTime(new Date(expiresAt), { dateStyle: 'long' }) })}
      </p>
    </div>
  )
}

/** Of whoever gave the link, on a plate where it could not be made out. A page without it is as good. */
function GiversLogo({
  secret,
  logo,
  organization,
}: {
  secret: string
  logo: NonNullable<Inspection['logo']>
  organization: string
}) {
  const address = useLogoOf(secret)
  if (!address) return null
  // Made for dark backgrounds it has a dark plate, made for light ones a light one: whatever the page is.
  const plate = logo.vanishesOnLight ? 'dark' : logo.vanishesOnDark ? 'light' : undefined
  return (
    <span data-theme={plate} className={cx('mb-5 inline-block', plate && 'rounded-lg bg-canvas p-2')}>
      <img src={address} alt={organization} className="max-h-14 w-auto max-w-full" />
    </span>
  )
}

function TheFile({ secret, name }: { secret: string; name: string }) {
  const t = useTranslations('reports.inspection')
  const [state, setState] = useState<'idle' | 'busy' | 'gone' | 'failed'>('idle')
  async function get() {
    setState('busy')
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ secret }),
    }
    await saveFile('/api/v1/inspections/pack.pdf', name, request).then(
      () => setState('idle'),
      (error) => setState(statusOfFile(error) === 404 ? 'gone' : 'failed'),
    )
  }
  return (
    <div>
      <Button look="primary" className="min-h-14 w-full text-base" busy={state === 'busy'} onClick={get}>
        <FileDown aria-hidden />
        {t('fetch')}
      </Button>
      <p role="status" className="mt-2 text-center text-sm text-ink-muted empty:hidden">
        {state === 'busy' && t('drawing')}
      </p>
      {(state === 'failed' || state === 'gone') && (
        <p role="alert" className="mt-2 text-center text-sm font-medium text-danger">
          {t(state === 'gone' ? 'gone' : 'failed')}
        </p>
      )}
    </div>
  )
}
