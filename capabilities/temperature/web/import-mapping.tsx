'use client'
import { Button, Field, Panel, Select, StatusBadge, Table, Td, Th, Tr } from '@opsflow/platform/web'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRunImport } from '../client/index.ts'
import type { ColumnMapping, GuessedColumns } from '../csv-columns.ts'
import type { ImportPreview } from '../routes.ts'
import { RefusalText } from './refusal-text.tsx'

const formats: ColumnMapping['time']['format'][] = [
  'iso',
  'epoch_seconds',
  'epoch_milliseconds',
  'wall_year_first',
  'wall_month_first',
  'wall_day_first',
]

/** What the file's columns mean. The guess may be corrected; what is in doubt is said. */
export function ImportMapping({
  preview,
  onRunning,
}: {
  preview: ImportPreview
  onRunning: (importId: string) => void
}) {
  const t = useTranslations('temperature.import')
  const run = useRunImport(preview.import.id)
  const [mapping, setMapping] = useState<GuessedColumns>(() => proposed(preview))
  const time = (change: Partial<ColumnMapping['time']>) =>
    setMapping({ ...mapping, time: { ...mapping.time, ...change } })
  const complete = completed(mapping)
  return (
    <div className="grid grid-cols-1 gap-4 lg:gap-5">
      <Panel title={t('meaning')} hint={`${preview.import.fileName} → ${preview.import.unitName}`}>
        {preview.missing.length > 0 && <p className="mb-4 text-[0.9375rem] text-danger">{t('missing')}</p>}
        <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
          <Field label={t('time')}>
            <ColumnSelect
              columns={preview.columns}
              value={mapping.time.column}
              onChange={(column) => time({ column })}
            />
          </Field>
          <Field
            label={t('format')}
            hint={
              preview.doubts.includes('day_and_month_ambiguous') ? (
                <Doubt>{t('doubtDay')}</Doubt>
              ) : mapping.time.format.startsWith('wall') ? (
                t('wallClock', { timezone: preview.timezone })
              ) : undefined
            }
          >
            <Select
              value={mapping.time.format}
              onChange={(event) => time({ format: event.target.value as (typeof formats)[number] })}
            >
              {formats.map((format) => (
                <option key={format} value={format}>
                  {t(`formats.${format}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('temperature')}>
            <ColumnSelect
              columns={preview.columns}
              value={mapping.temperature.column}
              onChange={(column) => setMapping({ ...mapping, temperature: { ...mapping.temperature, column } })}
            />
          </Field>
          <Field label={t('readIn')} hint={preview.doubts.includes('unit_unnamed') && <UnitDoubt preview={preview} />}>
            <Select
              value={mapping.temperature.unit ?? ''}
              onChange={(event) =>
                setMapping({
                  ...mapping,
                  temperature: { ...mapping.temperature, unit: event.target.value as 'F' | 'C' },
                })
              }
            >
              <option value="" disabled>
                {t('chooseUnit')}
              </option>
              <option value="F">°F</option>
              <option value="C">°C</option>
            </Select>
          </Field>
        </div>
        {run.error && (
          <div className="mt-4">
            <RefusalText error={run.error} />
          </div>
        )}
        <Button
          look="primary"
          className="mt-5"
          disabled={!complete}
          busy={run.isPending}
          onClick={() => complete && run.mutate(complete, { onSuccess: (started) => onRunning(started.id) })}
        >
          {t('run', { rows: preview.import.rowsTotal })}
        </Button>
      </Panel>
      <Panel title={t('preview')} hint={t('previewHint')} flush>
        <Rows preview={preview} mapping={mapping} />
      </Panel>
    </div>
  )
}

const Doubt = ({ children }: { children: string }) => (
  <span className="inline-flex items-center gap-1.5 font-medium text-warn">
    <TriangleAlert aria-hidden className="size-4 shrink-0" />
    {children}
  </span>
)

/** Nobody is spared the look: where the file names no unit, the proposal says what it rests on. */
function UnitDoubt({ preview: { likelyUnit } }: { preview: ImportPreview }) {
  const t = useTranslations('temperature')
  if (!likelyUnit) return <Doubt>{t('import.unitUnnamed')}</Doubt>
  const { middle, unit, unitKind } = likelyUnit
  return <Doubt>{t('import.unitLikely', { middle, unit, kind: t(`kinds.${unitKind}`) })}</Doubt>
}

/** As guessed, and in the unit the values tell where the file names none. */
function proposed({ mapping, likelyUnit }: ImportPreview): GuessedColumns {
  if (!mapping) return unmapped
  const { temperature } = mapping
  return { ...mapping, temperature: { ...temperature, unit: temperature.unit ?? likelyUnit?.unit ?? null } }
}

function completed({ time, temperature, sensorColumn }: GuessedColumns): ColumnMapping | null {
  const { column, unit } = temperature
  return time.column < 0 || column < 0 || unit === null ? null : { time, temperature: { column, unit }, sensorColumn }
}

const unmapped: GuessedColumns = {
  time: { column: -1, timeOfDayColumn: null, format: 'iso' },
  temperature: { column: -1, unit: null },
  sensorColumn: null,
}

function ColumnSelect({
  columns,
  value,
  onChange,
}: {
  columns: readonly string[]
  value: number
  onChange: (column: number) => void
}) {
  const t = useTranslations('temperature.import')
  return (
    <Select value={value} onChange={(event) => onChange(Number(event.target.value))}>
      <option value={-1} disabled>
        {t('choose')}
      </option>
      {columns.map((name, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; names may repeat
        <option key={column} value={column}>
          {name || t('column', { number: column + 1 })}
        </option>
      ))}
    </Select>
  )
}

function Rows({ preview, mapping }: { preview: ImportPreview; mapping: GuessedColumns }) {
  const t = useTranslations('temperature.import')
  const used = new Set([mapping.time.column, mapping.time.timeOfDayColumn, mapping.temperature.column])
  return (
    <Table label={t('preview')}>
      <thead>
        <tr>
          <Th>{t('row')}</Th>
          {preview.columns.map((name, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; names may repeat
            <Th key={column} className={used.has(column) ? 'bg-accent-tint text-accent-ink' : ''}>
              {name}
            </Th>
          ))}
          <Th>{t('result')}</Th>
        </tr>
      </thead>
      <tbody>
        {preview.rows.map((row) => (
          <Tr key={row.row}>
            <Td className="text-ink-muted tabular-nums">{row.row}</Td>
            {preview.columns.map((name, column) => (
              <Td
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; names may repeat
                key={`${name}-${column}`}
                className={used.has(column) ? 'bg-accent-tint whitespace-nowrap' : 'whitespace-nowrap text-ink-muted'}
              >
                {row.cells[column]}
              </Td>
            ))}
            <Td>
              {row.problems.length === 0 ? (
                <StatusBadge tone="ok">{t('readable')}</StatusBadge>
              ) : (
                <StatusBadge tone="warn">{row.problems.map((problem) => problem.message).join(' ')}</StatusBadge>
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
