'use client'
import { Card, EmptyState, ErrorState, SkeletonRows } from '@opsflow/platform/web'
import { CircleCheck, CircleX, FileQuestion, FileUp } from 'lucide-react'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { usePaper } from '../client/index.ts'
import type { Paper } from '../paper.ts'
import { sha256Of } from './sha256-of.ts'

/** What the code on a paper leads to: what was made then, and whether a file is it. */
export function VerifyScreen({ code }: { code: string }) {
  const t = useTranslations('reports.verify')
  const paper = usePaper(code)
  const status = (paper.error as { problem?: { status: number } } | null)?.problem?.status
  if (code === '' || status === 404 || status === 422) {
    return (
      <EmptyState icon={<FileQuestion aria-hidden />} title={t('unknown')} heading="h1">
        {t('unknownText')}
      </EmptyState>
    )
  }
  if (paper.isPending) return <SkeletonRows className="w-full max-w-xl" />
  if (paper.isError) return <ErrorState error={paper.error} onRetry={paper.refetch} />
  return <Kept paper={paper.data} />
}

function Kept({ paper }: { paper: Paper }) {
  const t = useTranslations('reports.verify')
  const format = useFormatter()
  const { kind, title, organization, location, from, to, givenTo, madeAt, sha256 } = paper
  const facts = [
    [t('organization'), organization],
    [t('location'), location],
    from && to && [t('days'), from === to ? from : t('covers', { from, to })],
    [t('made'), format.dateTime(new Date(madeAt), { dateStyle: 'long', timeStyle: 'short' })],
    givenTo && [t('givenTo'), givenTo],
  ].filter((fact): fact is [string, string] => Array.isArray(fact))
  return (
    <div className="w-full max-w-xl">
      <h1 className="text-2xl font-semibold tracking-[-0.025em] text-balance">{t(`kinds.${kind}`)}</h1>
      <p className="mt-1 text-[0.9375rem] text-ink-muted">{t('text')}</p>
      <Card className="mt-6 grid gap-6 p-5 sm:p-6">
        {kind !== 'pack' && <p className="text-lg font-semibold text-balance">{title}</p>}
        <dl className="grid gap-3 sm:grid-cols-[auto_1fr] sm:gap-x-6">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-sm text-ink-muted max-sm:mb-[-0.6rem]">{name}</dt>
              <dd className="text-[0.9375rem] font-medium break-words">{value}</dd>
            </div>
          ))}
        </dl>
        <Compare paper={paper} />
      </Card>
      <p className="mt-4 text-sm break-all text-ink-muted">SHA-256 {sha256}</p>
    </div>
  )
}

/** The file stays on the device: its hash is taken here. */
function Compare({ paper }: { paper: Paper }) {
  const t = useTranslations('reports.verify')
  const [same, setSame] = useState<boolean>()
  async function compare(file: File | undefined) {
    if (file) setSame(file.size === paper.size && (await sha256Of(file)) === paper.sha256)
  }
  return (
    <section className="grid gap-3">
      <h2 className="text-[0.9375rem] font-semibold">{t('compare')}</h2>
      <p className="text-sm text-ink-muted">{t('compareText')}</p>
      <label className="flex min-h-14 cursor-pointer items-center justify-center gap-2 rounded-lg border border-line-strong px-4 font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
        <FileUp aria-hidden className="size-5" />
        {t('choose')}
        <input
          type="file"
          accept="application/pdf"
          className="sr-only"
          onChange={({ target }) => void compare(target.files?.[0])}
        />
      </label>
      <p role="status" className="flex items-start gap-2 font-medium empty:hidden">
        {same === true && (
          <>
            <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-ok" />
            {t('same')}
          </>
        )}
        {same === false && (
          <>
            <CircleX aria-hidden className="mt-0.5 size-5 shrink-0 text-danger" />
            {t('other')}
          </>
        )}
      </p>
    </section>
  )
}
