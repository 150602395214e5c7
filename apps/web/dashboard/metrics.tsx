'use client'
import { Definition, MetricCard, RelativeTime, type Tone, useClock } from '@opsflow/platform/web'
import { BellRing, ClipboardCheck, ClockAlert, ListTodo, ShieldCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Board } from './board-of.ts'
import { type FigureName, figuresOf } from './figures.ts'

const forLeaders: FigureName[] = ['alarm', 'attention', 'actions', 'compliance', 'overdue']
const forTheTeam: FigureName[] = ['alarm', 'todo', 'overdue']

/** The figures a day is judged by. A colour appears only where it says something; each says what it counts. */
export function Metrics({
  board: { counts, countedAt },
  team,
}: {
  board: Pick<Board, 'counts' | 'countedAt'>
  team?: boolean
}) {
  const t = useTranslations('app.dashboard')
  const format = useFormatter()
  const now = useClock()
  const figures = figuresOf([counts])
  const shown = (name: FigureName) => {
    const value = figures[name]
    if (value === null) return '–'
    return format.number(value, name === 'compliance' ? { style: 'percent', maximumFractionDigits: 1 } : {})
  }
  const hintOf = (name: FigureName) => {
    if (name === 'compliance' && (countedAt === undefined || now - countedAt > OLD_MS)) {
      return countedAt === undefined
        ? t('notCounted')
        : t.rich('countedAt', { time: () => <RelativeTime at={countedAt} /> })
    }
    return t(`figures.${name}.hint`, { units: counts.units, judged: counts.judgedToday, open: counts.tasksOpen })
  }
  return (
    <Cards
      names={team ? forTheTeam : forLeaders}
      shown={shown}
      about={(name) => ({
        hint: hintOf(name),
        definition: t(`figures.${name}.definition`),
        tone: toneOf(name, figures[name]),
      })}
    />
  )
}

/** The same cards while the board is on its way: their values are written as soon as they arrive (first-figures.ts). */
export function MetricsWaiting({ team }: { team?: boolean }) {
  return <Cards names={team ? forTheTeam : forLeaders} shown={(name) => <Waiting name={name} />} />
}

function Waiting({ name }: { name: FigureName }) {
  const written = typeof window === 'undefined' ? '' : (window.opsflowFigures?.[name] ?? '')
  return (
    <span
      data-figure={name}
      suppressHydrationWarning
      className="block h-7 empty:w-14 empty:animate-[breathe_1.6s_ease-in-out_infinite] empty:rounded-md empty:bg-sunken"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a number; React leaves alone what was written before it came
      dangerouslySetInnerHTML={{ __html: written }}
    />
  )
}

function Cards({
  names,
  shown,
  about,
}: {
  names: FigureName[]
  shown: (name: FigureName) => ReactNode
  /** What is told once there is something to tell of. */
  about?: (name: FigureName) => { hint: ReactNode; definition: string; tone: Tone }
}) {
  const t = useTranslations('app.figures')
  return (
    <div className={names.length === 3 ? gridOfThree : gridOfFive}>
      {names.map((name) => {
        const told = about?.(name)
        return (
          <div key={name} className="relative">
            <MetricCard
              label={<span className="pe-6">{t(name)}</span>}
              value={shown(name)}
              hint={told?.hint ?? '\u00a0'}
              tone={told?.tone ?? 'neutral'}
              icon={icons[name]}
              href={hrefs[name]}
            />
            {told && (
              <Definition of={t(name)} className="absolute! end-2.5 top-3.5 bg-transparent">
                {told.definition}
              </Definition>
            )}
          </div>
        )
      })}
    </div>
  )
}

/** It is counted anew every few minutes; what is older than this says so. */
const OLD_MS = 10 * 60_000

const gridOfThree = 'grid grid-cols-2 gap-3 max-sm:*:first:col-span-2 sm:grid-cols-3 *:*:first:h-full'
const gridOfFive =
  'grid grid-cols-2 gap-3 max-md:*:last:col-span-2 md:grid-cols-6 md:*:col-span-2 md:*:nth-[n+4]:col-span-3 xl:grid-cols-5 xl:*:col-span-1 xl:*:nth-[n+4]:col-span-1 *:*:first:h-full'

const icons: Record<FigureName, ReactNode> = {
  alarm: <BellRing aria-hidden />,
  attention: <TriangleAlert aria-hidden />,
  actions: <ClipboardCheck aria-hidden />,
  compliance: <ShieldCheck aria-hidden />,
  todo: <ListTodo aria-hidden />,
  overdue: <ClockAlert aria-hidden />,
}

const hrefs: Record<FigureName, string> = {
  alarm: '/alarms',
  attention: '/temperature',
  actions: '/corrective-actions',
  compliance: '/temperature',
  todo: '/tasks',
  overdue: '/tasks',
}

const tones: Record<FigureName, Tone> = {
  alarm: 'danger',
  attention: 'warn',
  actions: 'info',
  compliance: 'ok',
  todo: 'neutral',
  overdue: 'warn',
}

const toneOf = (name: FigureName, value: number | null): Tone => (value ? tones[name] : 'neutral')
