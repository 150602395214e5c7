'use client'
import { Card, Definition, EmptyState, Link, MetricCard, SkeletonRows, type Tone } from '@opsflow/platform/web'
import { ListChecks } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useCompletion } from '../../client/index.ts'
import { doneShare, type Outcome, type OutcomeCounts, onTimeShare } from '../../outcome.ts'
import { CompletionTable } from './completion-table.tsx'
import { DaysField } from './days-field.tsx'
import { FailuresPanel } from './failures-panel.tsx'
import { Freshness } from './freshness.tsx'
import { nodeIn, overviewHref, spanIn, type TabProps } from './params.ts'
import { PeriodsPanel } from './periods-panel.tsx'
import { useWords } from './use-words.ts'

/** How it went over time, by place, by checklist, by question. */
export default function CompletionTab(props: TabProps) {
  const t = useTranslations('overview')
  const { params, scopeId, today } = props
  const node = nodeIn(params, scopeId)
  const span = spanIn(params, today, 28)
  const query = { ...node, ...span }
  const asked = useCompletion({ ...query, by: 'checklist' })
  const isNothing = asked.data && asked.data.items.length === 0
  return (
    <div className="grid grid-cols-1 gap-5">
      <DaysField {...props} span={span} label={t('days.legend')} />
      {asked.isPending && <SkeletonRows rows={6} />}
      <Freshness asked={asked} />
      {isNothing && (
        <Card>
          <EmptyState compact icon={<ListChecks aria-hidden />} title={t('completion.empty')}>
            {t('completion.emptyText')}
          </EmptyState>
        </Card>
      )}
      {asked.data && !isNothing && (
        <>
          <Figures total={asked.data.total} params={{ ...params, ...span }} />
          <PeriodsPanel query={query} />
          <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
            {node.locationId === undefined && <CompletionTable by="location" query={query} params={params} />}
            <CompletionTable by="checklist" query={query} params={params} />
          </div>
          <FailuresPanel query={query} params={params} />
        </>
      )}
    </div>
  )
}

const CARDS: readonly { outcome: Outcome; tone: Tone }[] = [
  { outcome: 'missed', tone: 'danger' },
  { outcome: 'done_late', tone: 'warn' },
  { outcome: 'excused', tone: 'info' },
  { outcome: 'open', tone: 'neutral' },
]

function Figures({ total, params }: { total: OutcomeCounts; params: TabProps['params'] }) {
  const t = useTranslations('overview.completion')
  const words = useWords()
  const defined = (name: 'onTime' | 'done' | Outcome) => (
    <span className="inline-flex items-center gap-1">
      {t(`figures.${name}.title`)}
      <Definition of={t(`figures.${name}.title`)}>{t(`figures.${name}.definition`)}</Definition>
    </span>
  )
  const behind = (outcome?: Outcome) => overviewHref({ ...params, view: 'completion', behind: 'outcomes', outcome })
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-3 xl:grid-cols-6">
      <Figure
        label={defined('onTime')}
        value={words.share(onTimeShare(total))}
        href={behind('on_time')}
        see={t('see')}
      />
      <Figure label={defined('done')} value={words.share(doneShare(total))} href={behind()} see={t('see')} />
      {CARDS.map(({ outcome, tone }) => (
        <Figure
          key={outcome}
          label={defined(outcome)}
          value={String(total[outcome])}
          tone={total[outcome] > 0 ? tone : 'neutral'}
          href={behind(outcome)}
          see={t('see')}
        />
      ))}
    </div>
  )
}

/** The definition is a button of its own: the card is no link, its figure is. */
function Figure({
  label,
  value,
  href,
  see,
  tone = 'neutral',
}: {
  label: React.ReactNode
  value: string
  href: string
  see: string
  tone?: Tone
}) {
  return (
    <MetricCard
      label={label}
      value={value}
      tone={tone}
      hint={
        <Link href={href} className="inline-flex min-h-target items-center font-medium text-accent-ink hover:underline">
          {see}
        </Link>
      }
    />
  )
}
