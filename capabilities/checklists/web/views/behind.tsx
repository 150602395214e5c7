'use client'
import { Card, EmptyState, OlderRows, PageHeader, SkeletonRows } from '@opsflow/platform/web'
import { ListChecks } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useOutcomes } from '../../client/index.ts'
import { OUTCOMES, type Outcome } from '../../outcome.ts'
import { FileLink } from './file-link.tsx'
import { Freshness } from './freshness.tsx'
import { OutcomeList } from './outcome-list.tsx'
import { nodeIn, overviewHref, spanIn, type TabProps } from './params.ts'
import { useWords } from './use-words.ts'

/** The records behind a number. */
export default function Behind({ params, scopeId, today }: TabProps) {
  const t = useTranslations('overview')
  const words = useWords()
  const node = nodeIn(params, scopeId)
  const span = spanIn(params, today, 7)
  const outcome = OUTCOMES.find((one) => one === params.outcome)
  const query = {
    ...{ ...node, ...span },
    ...(outcome && { outcome }),
    ...(params.template && { templateId: params.template }),
    ...(params.role && { role: params.role }),
    ...(params.item && { failedItemId: params.item }),
  }
  const asked = useOutcomes(query)
  const rows = asked.data?.pages.flatMap(({ items }) => items) ?? []
  const days = span.from === span.to ? words.day(span.from) : `${words.day(span.from)} – ${words.day(span.to)}`
  const { behind: _, outcome: __, template: ___, item: ____, title: _____, role: ______, ...back } = params
  return (
    <>
      <PageHeader
        title={titleOf(outcome, params.title, params.item !== undefined, t)}
        text={[node.locationId && words.place(node.locationId), days].filter(Boolean).join(' · ')}
        back={{ href: overviewHref(back), label: t('title') }}
        actions={<FileLink path="checklist-outcomes.csv" query={query} />}
      />
      <Card>
        {asked.isPending && <SkeletonRows className="p-5" />}
        <Freshness asked={asked} />
        {asked.isSuccess && rows.length === 0 && (
          <EmptyState compact icon={<ListChecks aria-hidden />} title={t('nothingBehind')} />
        )}
        <OutcomeList rows={rows} />
        {rows.length > 0 && <OlderRows asked onAsk={() => undefined} query={asked} />}
      </Card>
    </>
  )
}

/** What failed, what came out how, or all of it; of one checklist, with its name. */
function titleOf(
  outcome: Outcome | undefined,
  title: string | undefined,
  isItem: boolean,
  t: ReturnType<typeof useTranslations<'overview'>>,
): string {
  if (isItem) return t('failedItem', { item: title ?? '' })
  const what = outcome ? t(`outcome.${outcome}`) : t('all')
  return title ? `${title}: ${what}` : what
}
