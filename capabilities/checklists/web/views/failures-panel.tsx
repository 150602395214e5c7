'use client'
import { Definition, EmptyState, ErrorState, Link, Panel, SkeletonRows, Table, Td, Th, Tr } from '@opsflow/platform/web'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFailures } from '../../client/index.ts'
import { FileLink } from './file-link.tsx'
import { overviewHref, type TabProps } from './params.ts'
import { useWords } from './use-words.ts'

const FEW = 10

/** Which questions fail most. */
export function FailuresPanel({
  query,
  params,
}: {
  query: { from: string; to: string; locationId?: string; groupId?: string }
  params: TabProps['params']
}) {
  const t = useTranslations('overview.failures')
  const words = useWords()
  const asked = useFailures(query)
  const [isAll, setAll] = useState(false)
  const rows = isAll ? (asked.data ?? []) : (asked.data ?? []).slice(0, FEW)
  return (
    <Panel
      title={
        <span className="inline-flex items-center gap-1">
          {t('title')}
          <Definition of={t('title')}>{t('definition')}</Definition>
        </span>
      }
      actions={<FileLink path="checklist-failures.csv" query={query} />}
      flush
    >
      {asked.isPending && <SkeletonRows className="p-4" />}
      {asked.isError && !asked.data && <ErrorState compact error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data?.length === 0 && <EmptyState compact icon={<ShieldCheck aria-hidden />} title={t('none')} />}
      {rows.length > 0 && (
        <Table label={t('title')}>
          <thead>
            <tr>
              <Th>{t('item')}</Th>
              <Th className="text-end!">{t('failed')}</Th>
              <Th className="text-end!">{t('share')}</Th>
              <Th className="text-end!">{t('locations')}</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ itemId, templateId, item, checklist, failed, of, locations }) => (
              <Tr key={`${templateId} ${itemId}`}>
                <Th scope="row" className="min-w-52 py-1.5 text-[0.9375rem]! whitespace-normal! text-ink!">
                  <Link
                    href={overviewHref({
                      ...{ ...params, from: query.from, to: query.to, view: 'completion', behind: 'outcomes' },
                      ...{ item: itemId, template: templateId, title: item },
                    })}
                    className="inline-block min-h-target py-1 hover:underline"
                  >
                    {item || t('unnamed')}
                    <span className="block text-sm font-normal text-ink-muted">{checklist}</span>
                  </Link>
                </Th>
                <Td className="text-end font-semibold whitespace-nowrap tabular-nums">{t('of', { failed, of })}</Td>
                <Td className="text-end tabular-nums">{words.share(Math.ceil((failed / of) * 1000) / 1000)}</Td>
                <Td className="text-end text-ink-muted tabular-nums">{locations}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
      {!isAll && (asked.data?.length ?? 0) > FEW && (
        <button
          type="button"
          onClick={() => setAll(true)}
          className="min-h-target w-full border-t border-line px-4 text-sm font-medium text-accent-ink hover:underline"
        >
          {t('all', { count: asked.data?.length ?? 0 })}
        </button>
      )}
    </Panel>
  )
}
