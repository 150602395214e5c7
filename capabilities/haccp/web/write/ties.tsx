import { Button, Checkbox, IconButton, StatusBadge } from '@opsflow/platform/web'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { PlanChoices } from '../../haccp-plan.ts'
import { isGone } from '../../missing.ts'
import type { Control, Tie, TieOf } from '../../plan.ts'
import { CADENCES } from '../../words.ts'
import { Pick } from './fields.tsx'
import { mint } from './parts.tsx'

const PROCESSES = ['cooling', 'reheating', 'hot_holding', 'cooking', 'time_control', 'thawing', 'date_mark'] as const

/** What of the kitchen's own records shows that it is monitored: units, schedules with their questions, food processes. */
export function Ties({
  control: { ties },
  choices,
  onChange,
}: {
  control: Control
  choices: PlanChoices
  onChange: (ties: Tie[]) => void
}) {
  const t = useTranslations('haccp.ties')
  const set = (tie: Tie) => onChange(ties.map((one) => (one.id === tie.id ? tie : one)))
  const [unit] = choices.units.filter(({ id }) => !ties.some((tie) => tie.kind === 'unit' && tie.unitId === id))
  const [schedule] = choices.schedules.filter(
    ({ id }) => !ties.some((tie) => tie.kind === 'schedule' && tie.scheduleId === id),
  )
  return (
    <fieldset className="grid min-w-0 gap-3 sm:col-span-2">
      <legend className="mb-1.5 text-sm font-medium">{t('title')}</legend>
      <p className="-mt-1 text-sm text-ink-muted">{t('text')}</p>
      {ties.map((tie) => (
        <div key={tie.id} className="grid gap-3 rounded-lg border border-line p-3">
          <div className="flex items-center gap-2">
            <span className="flex-1 text-sm font-semibold">{t(`kinds.${tie.kind}`)}</span>
            {isGone(tie, choices) && <StatusBadge tone="danger">{t('gone')}</StatusBadge>}
            <IconButton
              label={t('remove')}
              icon={<Trash2 aria-hidden />}
              onClick={() => onChange(ties.filter((one) => one.id !== tie.id))}
            />
          </div>
          {tie.kind === 'unit' && <UnitTie tie={tie} choices={choices} onChange={set} />}
          {tie.kind === 'schedule' && <ScheduleTie tie={tie} choices={choices} onChange={set} />}
          {tie.kind === 'process' && <ProcessTie tie={tie} onChange={set} />}
        </div>
      ))}
      <div className="flex flex-wrap gap-2">
        {unit && (
          <Button
            onClick={() =>
              onChange([...ties, { kind: 'unit', id: mint(), unitId: unit.id, everyMinutes: 60, during: 'always' }])
            }
          >
            <Plus aria-hidden />
            {t('addUnit')}
          </Button>
        )}
        {schedule && (
          <Button
            onClick={() => onChange([...ties, { kind: 'schedule', id: mint(), scheduleId: schedule.id, itemIds: [] }])}
          >
            <Plus aria-hidden />
            {t('addSchedule')}
          </Button>
        )}
        <Button onClick={() => onChange([...ties, { kind: 'process', id: mint(), process: 'cooling', perDay: 0 }])}>
          <Plus aria-hidden />
          {t('addProcess')}
        </Button>
      </div>
    </fieldset>
  )
}

type Of<K extends Tie['kind']> = { tie: TieOf<K>; onChange: (tie: Tie) => void }

function UnitTie({ tie, choices, onChange }: Of<'unit'> & { choices: PlanChoices }) {
  const t = useTranslations('haccp.ties')
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Pick
        label={t('unit')}
        value={tie.unitId}
        options={withOwn(choices.units, tie.unitId, t('gone'))}
        onChange={(unitId) => onChange({ ...tie, unitId })}
      />
      <Pick
        label={t('every')}
        value={String(tie.everyMinutes)}
        options={CADENCES.map((minutes) => ({
          value: String(minutes),
          label: minutes < 60 ? t('minutes', { minutes }) : t('hours', { hours: minutes / 60 }),
        }))}
        onChange={(minutes) => onChange({ ...tie, everyMinutes: Number(minutes) as (typeof CADENCES)[number] })}
      />
      <Pick
        label={t('during')}
        hint={choices.location.hasOpeningHours ? '' : t('noHours')}
        value={tie.during}
        options={(['always', 'open'] as const).map((value) => ({ value, label: t(`durings.${value}`) }))}
        onChange={(during) => onChange({ ...tie, during })}
      />
    </div>
  )
}

function ScheduleTie({ tie, choices, onChange }: Of<'schedule'> & { choices: PlanChoices }) {
  const t = useTranslations('haccp.ties')
  const schedule = choices.schedules.find(({ id }) => id === tie.scheduleId)
  const toggle = (id: string) =>
    onChange({
      ...tie,
      itemIds: tie.itemIds.includes(id) ? tie.itemIds.filter((one) => one !== id) : [...tie.itemIds, id].slice(0, 50),
    })
  return (
    <>
      <Pick
        label={t('schedule')}
        value={tie.scheduleId}
        options={withOwn(choices.schedules, tie.scheduleId, t('gone'))}
        onChange={(scheduleId) => onChange({ ...tie, scheduleId, itemIds: [] })}
      />
      {schedule && (
        <details>
          <summary className="flex min-h-target cursor-pointer items-center text-sm font-medium">
            {tie.itemIds.length === 0 ? t('wholeList') : t('questions', { count: tie.itemIds.length })}
          </summary>
          <p className="text-sm text-ink-muted">{t('questionsHint')}</p>
          <div className="max-h-80 overflow-y-auto">
            {schedule.items.map(({ id, label }) => (
              <Checkbox key={id} label={label} checked={tie.itemIds.includes(id)} onChange={() => toggle(id)} />
            ))}
          </div>
        </details>
      )}
    </>
  )
}

function ProcessTie({ tie, onChange }: Of<'process'>) {
  const t = useTranslations('haccp')
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Pick
        label={t('ties.process')}
        value={tie.process}
        options={PROCESSES.map((value) => ({ value, label: t(`processes.${value}`) }))}
        onChange={(process) => onChange({ ...tie, process })}
      />
      <Pick
        label={t('ties.perDay')}
        value={String(tie.perDay)}
        options={Array.from({ length: 21 }, (_, n) => ({
          value: String(n),
          label: n === 0 ? t('ties.asTheyCome') : t('ties.atLeast', { count: n }),
        }))}
        onChange={(count) => onChange({ ...tie, perDay: Number(count) })}
      />
    </div>
  )
}

/** What is there; and what the plan still names though it is gone, so that nothing is changed by looking at it. */
const withOwn = (all: readonly { id: string; name: string }[], own: string, gone: string) => [
  ...(all.some(({ id }) => id === own) ? [] : [{ value: own, label: gone }]),
  ...all.map(({ id, name }) => ({ value: id, label: name })),
]
