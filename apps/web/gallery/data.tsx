'use client'
import {
  BarChart,
  type Column,
  ComplianceStrip,
  DataTable,
  LineChart,
  Panel,
  Sparkline,
  StatusBadge,
  Temperature,
  type Tone,
  useToast,
} from '@opsflow/platform/web'
import { useFormatter, useLocale } from 'use-intl'
import { Part } from './part.tsx'
import { useWords } from './words.ts'

type Unit = { id: number; name: string; place: string; milli: number; tone: Tone; position: number }
const tones: readonly Tone[] = ['ok', 'ok', 'ok', 'warn', 'danger', 'neutral']

function unitsOf(count: number, kinds: readonly string[], places: readonly string[]): Unit[] {
  return Array.from({ length: count }, (_, id) => ({
    id,
    name: `${kinds[id % kinds.length]} ${id + 1}`,
    place: places[1 + (id % (places.length - 1))] ?? '',
    milli: ((id * 7919) % 9000) - 1500,
    tone: tones[(id * 5) % tones.length] ?? 'ok',
    position: (id * 31) % 40,
  }))
}

export function Tables() {
  const all = useWords()
  const words = all.table
  return (
    <Part id="tables" title={all.sections.tables}>
      <Units label={words.small} count={8} />
      <Units label={words.large} count={1000} />
    </Part>
  )
}

function Units({ label, count }: { label: string; count: number }) {
  const all = useWords()
  const words = all.table
  const toast = useToast()
  const columns: Column<Unit>[] = [
    {
      id: 'name',
      label: words.name,
      cell: (unit) => <span className="font-medium whitespace-nowrap">{unit.name}</span>,
      sortBy: (unit) => unit.name,
      textOf: (unit) => unit.name,
    },
    {
      id: 'place',
      label: words.place,
      cell: (unit) => unit.place,
      sortBy: (unit) => unit.place,
      textOf: (unit) => unit.place,
      optional: true,
      className: 'text-ink-muted whitespace-nowrap',
    },
    {
      id: 'degrees',
      label: words.degrees,
      align: 'end',
      cell: (unit) => <Temperature value={{ milli: unit.milli, unit: 'C' }} />,
      sortBy: (unit) => unit.milli,
    },
    {
      id: 'state',
      label: words.state,
      cell: (unit) => <StatusBadge tone={unit.tone}>{all.statuses[unit.tone]}</StatusBadge>,
      textOf: (unit) => all.statuses[unit.tone],
    },
    {
      id: 'position',
      label: words.position,
      align: 'end',
      cell: (unit) => unit.position,
      sortBy: (unit) => unit.position,
      optional: 'hidden',
    },
  ]
  return (
    <Panel title={label} flush>
      <DataTable
        label={label}
        rows={unitsOf(count, all.fields.kinds, all.moving.branches)}
        rowKey={(unit) => String(unit.id)}
        columns={columns}
        sortAtFirst={{ column: 'name', descending: false }}
        searchable
        onOpen={(unit) => toast({ message: words.opened.replace('{name}', unit.name) })}
      />
    </Panel>
  )
}

const hour = 3_600_000
const course = [2.1, 1.8, 2.4, 2.6, null, 3.1, 4.6, 3.4, 2.9, 2.2, 2.4, 2.0].map((value, index) => ({
  at: index * hour,
  value,
}))
const week = [
  { done: 14, late: 1 },
  { done: 15 },
  { done: 12, late: 2, missed: 1 },
  { done: 15 },
  { done: 11, late: 3, missed: 2 },
  { done: 14, late: 1 },
  { done: 15, late: 1 },
]
const readings = [224, 210, 231, 246, 288, 262, 219]
/** A Monday, in UTC. */
const monday = Date.UTC(2026, 10, 16)

export function Charts() {
  const all = useWords()
  const words = all.charts
  const locale = useLocale()
  const format = useFormatter()
  const dayName = (index: number) =>
    new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(monday + index * 24 * hour)
  const degrees = (value: number) => `${format.number(value, { maximumFractionDigits: 1 })} °C`
  return (
    <Part id="charts" title={all.sections.charts}>
      <div className="grid gap-4 lg:grid-cols-2">
        <Panel title={words.value}>
          <LineChart
            points={course}
            summary={words.line}
            format={degrees}
            formatAt={(at) => format.dateTime(at, { hour: 'numeric', timeZone: 'UTC' })}
            labels={{ at: words.time, value: words.value }}
            limit={{ value: 4, label: words.limit }}
          />
        </Panel>
        <Panel title={words.readings}>
          <BarChart
            bars={readings.map((value, index) => ({
              label: dayName(index),
              value,
              ...(index === 4 && { tone: 'accent' as const }),
            }))}
            summary={words.bars}
            format={(value) => format.number(value)}
            labels={{ at: words.day, value: words.readings }}
          />
        </Panel>
        <Panel title={words.parts.done}>
          <ComplianceStrip
            parts={[
              { id: 'missed', label: words.parts.missed, tone: 'danger' },
              { id: 'late', label: words.parts.late, tone: 'warn' },
              { id: 'done', label: words.parts.done, tone: 'ok' },
            ]}
            periods={week.map((counts, index) => ({ label: dayName(index), counts }))}
            summary={words.strip}
            periodLabel={words.day}
          />
        </Panel>
        <Panel title={words.sparkline}>
          <p className="flex items-center gap-4 text-sm">
            <Sparkline points={course} label={words.spark} />
            {words.spark}
          </p>
        </Panel>
      </div>
    </Part>
  )
}
