'use client'
import {
  Button,
  ButtonLink,
  ErrorState,
  Panel,
  SkeletonRows,
  StatusBadge,
  Table,
  Td,
  Th,
  Tr,
} from '@opsflow/platform/web'
import { useFormatter, useTranslations } from 'use-intl'
import { useImport, useImportErrors } from '../client/index.ts'
import type { Import } from '../routes.ts'

const tones = { previewed: 'neutral', running: 'accent', paused: 'warn', done: 'ok', failed: 'danger' } as const

/** How far it is, and which rows could not be recorded. */
export function ImportProgress({ importId, onTryAgain }: { importId: string; onTryAgain: () => void }) {
  const t = useTranslations('temperature.import')
  const running = useImport(importId)
  if (running.isPending) return <SkeletonRows />
  if (running.isError) return <ErrorState error={running.error} onRetry={running.refetch} />
  const { data } = running
  return (
    <div className="grid grid-cols-1 gap-4 lg:gap-5">
      <Panel
        title={data.fileName}
        hint={data.unitName}
        actions={<StatusBadge tone={tones[data.state]}>{t(`states.${data.state}`)}</StatusBadge>}
      >
        <progress
          aria-label={t('progress')}
          value={data.rowsDone}
          max={Math.max(data.rowsTotal, 1)}
          className="progress block h-2.5 w-full overflow-hidden rounded-full"
        />
        <Figures data={data} />
        {data.state === 'paused' && (
          <div className="mt-5 grid justify-items-start gap-3" role="status">
            <p>{t('pausedText')}</p>
            <Button onClick={onTryAgain}>{t('tryAgain')}</Button>
          </div>
        )}
        {data.state === 'done' && (
          <ButtonLink look="primary" className="mt-5" href={`/temperature/unit?id=${data.unitId}`}>
            {t('seeUnit')}
          </ButtonLink>
        )}
      </Panel>
      {data.rowsRejected > 0 && <Errors data={data} />}
    </div>
  )
}

function Figures({ data }: { data: Import }) {
  const t = useTranslations('temperature.import')
  const format = useFormatter()
  const figures = [
    ['rowsDone', `${format.number(data.rowsDone)} / ${format.number(data.rowsTotal)}`],
    ['rowsAccepted', format.number(data.rowsAccepted)],
    ['rowsDuplicate', format.number(data.rowsDuplicate)],
    ['rowsRejected', format.number(data.rowsRejected)],
  ] as const
  return (
    <dl className="mt-4 grid grid-cols-2 gap-4 sm:grid-cols-4">
      {figures.map(([name, figure]) => (
        <div key={name}>
          <dt className="text-sm text-ink-muted">{t(name)}</dt>
          <dd className="mt-0.5 text-xl font-semibold tracking-[-0.02em] tabular-nums">{figure}</dd>
        </div>
      ))}
    </dl>
  )
}

function Errors({ data }: { data: Import }) {
  const t = useTranslations('temperature.import')
  const errors = useImportErrors(data.id, data.state !== 'running')
  if (errors.isPending) return null
  if (errors.isError) return <ErrorState compact error={errors.error} onRetry={errors.refetch} />
  return (
    <Panel title={t('errors')} hint={data.rowsRejected} flush>
      <Table label={t('errors')}>
        <thead>
          <tr>
            <Th>{t('row')}</Th>
            <Th>{t('columnName')}</Th>
            <Th>{t('problem')}</Th>
          </tr>
        </thead>
        <tbody>
          {errors.data.items.map((error) => (
            <Tr key={`${error.row}-${error.column}-${error.code}`}>
              <Td className="tabular-nums">{error.row}</Td>
              <Td>{error.column}</Td>
              <Td className="text-ink-muted">{error.message}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}
