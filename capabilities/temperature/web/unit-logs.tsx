'use client'
import { PhotosOfRecord } from '@opsflow/capabilities/evidence/web'
import { useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import {
  Button,
  DoubtfulTime,
  EmptyState,
  ErrorState,
  Moment,
  Panel,
  ReceivedLater,
  Select,
  SkeletonRows,
  StatusBadge,
  Table,
  Td,
  Temperature,
  Th,
  Tr,
  UnsentMark,
  withOlder,
} from '@opsflow/platform/web'
import { CloudOff, NotebookPen } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useLogRows, useLogs } from '../client/index.ts'
import type { TemperatureLog } from '../readings.ts'
import { entities } from '../sync-entities.ts'

const sources = ['typed', 'probe', 'imported', 'sensor'] as const

/** What was recorded, latest first, of one source or of all. */
export function UnitLogs({ unitId, timeZone }: { unitId: string; timeZone: string | undefined }) {
  const t = useTranslations('temperature')
  const [source, setSource] = useState<(typeof sources)[number]>()
  const logs = useLogs({ unitId, source, limit: 12 })
  const unsent = useUnsentIds(entities.log)
  const here = useLogRows(unitId).filter((log) => source === undefined || log.source === source)
  const told = logs.data?.pages.flatMap((page) => page.items)
  // Beside what the server tells, what it has not heard yet. Without the server, what this device holds.
  const rows = told
    ? latestFirst(
        withOlder(
          here.filter(({ id }) => unsent.has(id)),
          told,
        ),
      )
    : here
  const isOffline = logs.error?.name === 'Unreachable'
  return (
    <Panel
      title={t('unit.logs')}
      flush
      actions={
        <Select
          aria-label={t('unit.source')}
          value={source ?? ''}
          onChange={(event) => setSource(sources.find((one) => one === event.target.value))}
          className="w-auto"
        >
          <option value="">{t('unit.everySource')}</option>
          {sources.map((one) => (
            <option key={one} value={one}>
              {t(`sources.${one}`)}
            </option>
          ))}
        </Select>
      }
    >
      {isOffline && (
        <p
          role="status"
          className="flex items-center gap-2 border-b border-line px-4 py-2.5 text-sm text-ink-muted sm:px-5"
        >
          <CloudOff aria-hidden className="size-4 shrink-0" />
          {t('unit.logsOffline')}
        </p>
      )}
      {rows.length === 0 && logs.isPending ? (
        <SkeletonRows className="p-5" />
      ) : rows.length === 0 && logs.isError && !isOffline ? (
        <ErrorState compact error={logs.error} onRetry={logs.refetch} />
      ) : rows.length === 0 ? (
        <EmptyState compact icon={<NotebookPen aria-hidden />} title={t('unit.noLogs')} />
      ) : (
        <>
          <Table label={t('unit.logs')}>
            <thead>
              <tr>
                <Th>{t('unit.measured')}</Th>
                <Th>{t('log.temperature')}</Th>
                <Th>{t('unit.compliance')}</Th>
                <Th>{t('unit.source')}</Th>
                <Th>{t('unit.by')}</Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((log) => (
                <Tr key={log.id}>
                  <Td>
                    <Moment at={log.measuredAt} timeZone={timeZone} />
                    {log.timeQuality === 'doubtful' && <DoubtfulTime className="block" />}
                    {unsent.has(log.id) ? (
                      <UnsentMark className="block" />
                    ) : (
                      log.source !== 'imported' && <ReceivedLater at={log.measuredAt} receivedAt={log.receivedAt} />
                    )}
                  </Td>
                  <Td className="font-medium">
                    {log.value ? <Temperature value={log.value} /> : t('status.fault')}
                    {log.note && <span className="block text-[0.8125rem] font-normal text-ink-muted">{log.note}</span>}
                    <PhotosOfRecord ownerKind="temperature_log" ownerId={log.id} />
                  </Td>
                  <Td>
                    {log.isCompliant === null ? (
                      <span className="text-ink-muted">{t('unit.notJudged')}</span>
                    ) : (
                      <StatusBadge tone={log.isCompliant ? 'ok' : 'danger'}>
                        {t(log.isCompliant ? 'action.withinLimit' : 'action.stillOutside')}
                      </StatusBadge>
                    )}
                  </Td>
                  <Td className="text-ink-muted">{t(`sources.${log.source}`)}</Td>
                  <Td className="text-ink-muted">
                    {log.recordedBy?.name ?? '–'}
                    {log.kiosk && (
                      <span className="block text-[0.8125rem]">{t('onTablet', { tablet: log.kiosk.name })}</span>
                    )}
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
          {logs.hasNextPage && (
            <div className="border-t border-line p-3 text-center">
              <Button look="quiet" busy={logs.isFetchingNextPage} onClick={() => logs.fetchNextPage()}>
                {t('more')}
              </Button>
            </div>
          )}
        </>
      )}
    </Panel>
  )
}

const latestFirst = (logs: readonly TemperatureLog[]) =>
  [...logs].sort((a, b) => Date.parse(b.measuredAt) - Date.parse(a.measuredAt))
