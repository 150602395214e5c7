'use client'
import { Definition, ErrorState, Link, Panel, SkeletonRows, Table, Td, Th, Tr } from '@opsflow/platform/web'
import { useTranslations } from 'use-intl'
import { useCompletion } from '../../client/index.ts'
import { decided, doneShare, type Outcome, type OutcomeCounts, onTimeShare } from '../../outcome.ts'
import { FileLink } from './file-link.tsx'
import { overviewHref, type TabProps } from './params.ts'
import { useWords } from './use-words.ts'

type Props = {
  by: 'location' | 'checklist'
  query: { from: string; to: string; locationId?: string; groupId?: string }
  params: TabProps['params']
}

/** One line a place or checklist, the worst first. */
export function CompletionTable({ by, query, params }: Props) {
  const t = useTranslations('overview.completion')
  const words = useWords()
  const asked = useCompletion({ ...query, by })
  const rows = [...(asked.data?.items ?? [])].sort((one, other) => worth(one.counts) - worth(other.counts))
  return (
    <Panel
      title={
        <span className="inline-flex items-center gap-1">
          {t(`by.${by}`)}
          <Definition of={t(`by.${by}`)}>{t('tableDefinition')}</Definition>
        </span>
      }
      hint={rows.length}
      actions={<FileLink path="checklist-completion.csv" query={{ ...query, by }} />}
      flush
    >
      {asked.isPending && <SkeletonRows className="p-4" />}
      {asked.isError && !asked.data && <ErrorState compact error={asked.error} onRetry={() => void asked.refetch()} />}
      {rows.length > 0 && (
        <Table label={t(`by.${by}`)}>
          <thead>
            <tr>
              <Th>{t(by)}</Th>
              <Th className="text-end!">{t('onTime')}</Th>
              <Th className="text-end!">{t('done')}</Th>
              <Th className="text-end!">{t('missed')}</Th>
              <Th className="text-end!">{t('doneLate')}</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, counts }) => (
              <Tr key={key}>
                <Th scope="row" className="min-w-40 text-[0.9375rem]! whitespace-normal! text-ink!">
                  <Link href={behind(key, name)} className="inline-flex min-h-target items-center hover:underline">
                    {name}
                  </Link>
                </Th>
                <Td className="text-end font-semibold tabular-nums">{words.share(onTimeShare(counts))}</Td>
                <Td className="text-end tabular-nums">{words.share(doneShare(counts))}</Td>
                <Count
                  value={counts.missed}
                  href={behind(key, name, 'missed')}
                  label={`${name}: ${t('missed')}`}
                  loud
                />
                <Count
                  value={counts.done_late}
                  href={behind(key, name, 'done_late')}
                  label={`${name}: ${t('doneLate')}`}
                />
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  )

  function behind(key: string, name: string, outcome?: Outcome) {
    const which = by === 'location' ? { location: key, group: undefined } : { template: key, title: name }
    return overviewHref({
      ...params,
      from: query.from,
      to: query.to,
      view: 'completion',
      behind: 'outcomes',
      outcome,
      ...which,
    })
  }
}

function Count({ value, href, label, loud }: { value: number; href: string; label: string; loud?: boolean }) {
  if (value === 0) return <Td className="text-end text-ink-muted tabular-nums">0</Td>
  return (
    <Td className="text-end tabular-nums">
      <Link
        href={href}
        aria-label={`${label}: ${value}`}
        className={`inline-flex min-h-target min-w-10 items-center justify-end hover:underline ${loud ? 'font-semibold text-danger' : 'font-medium'}`}
      >
        {value}
      </Link>
    </Td>
  )
}

/** Where nothing is decided yet, last. */
const worth = (counts: OutcomeCounts) => (decided(counts) === 0 ? 2 : (onTimeShare(counts) ?? 0))
