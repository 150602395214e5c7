'use client'
import { Button, ButtonLink, Card, cx, IconButton, MetricCard, StatusBadge, type Tone } from '@opsflow/platform/web'
import { BellRing, Download, Search } from 'lucide-react'
import { Part, Row } from './part.tsx'
import { useWords } from './words.ts'

const grounds = ['bg-canvas', 'bg-surface', 'bg-raised', 'bg-sunken']
const inks = ['text-ink', 'text-ink-muted', 'text-accent-ink', 'text-ok', 'text-warn', 'text-danger', 'text-info']
const fills = [
  'bg-accent',
  'bg-accent-hover',
  'bg-ok',
  'bg-warn',
  'bg-danger',
  'bg-info',
  'bg-neutral',
  'bg-chart',
  'bg-chart-band',
  'bg-line-strong',
  'bg-line',
]
const tones: readonly Tone[] = ['ok', 'warn', 'danger', 'info', 'accent', 'neutral']

export function Colours() {
  const words = useWords()
  return (
    <Part id="colour" title={words.sections.colour}>
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        {grounds.map((ground) => (
          <div
            key={ground}
            className={cx('grid content-start gap-1 rounded-xl border border-line p-4 text-sm', ground)}
          >
            <code className="font-mono text-fine text-ink-muted">{ground}</code>
            {inks.slice(0, ground === 'bg-sunken' ? 3 : undefined).map((ink) => (
              <span key={ink} className={cx('font-medium', ink)}>
                {ink.replace('text-', '')}
              </span>
            ))}
          </div>
        ))}
      </div>
      <ul className="grid grid-cols-3 gap-3 sm:grid-cols-6">
        {fills.map((fill) => (
          <li key={fill} className="min-w-0">
            <span className={cx('block h-12 rounded-lg', fill)} />
            <code className="mt-1 block truncate font-mono text-fine text-ink-muted">{fill.replace('bg-', '')}</code>
          </li>
        ))}
      </ul>
    </Part>
  )
}

const sizes = [
  ['figure', 'text-figure font-semibold tracking-[-0.025em]'],
  ['title', 'text-title font-semibold tracking-[-0.022em]'],
  ['heading', 'text-heading font-semibold tracking-[-0.015em]'],
  ['body', 'text-body'],
  ['label', 'text-label font-medium'],
  ['fine', 'text-fine text-ink-muted'],
] as const
const spaces = ['w-1', 'w-2', 'w-3', 'w-4', 'w-6', 'w-8', 'w-12', 'w-target', 'w-key']

export function TypeAndSpace() {
  const words = useWords()
  return (
    <Part id="type" title={words.sections.type}>
      <Card className="grid gap-3 p-5">
        {sizes.map(([size, look]) => (
          <p key={size} className={look}>
            {words.scale[size]}
          </p>
        ))}
      </Card>
      <ul className="grid gap-1.5">
        {spaces.map((space) => (
          <li key={space} className="flex items-center gap-3">
            <code className="w-20 font-mono text-fine text-ink-muted">{space.replace('w-', '')}</code>
            <span className={cx('h-3 rounded-sm bg-accent', space)} />
          </li>
        ))}
      </ul>
    </Part>
  )
}

export function Buttons() {
  const words = useWords().buttons
  return (
    <Part id="buttons" title={useWords().sections.buttons}>
      <Row>
        <Button look="primary">{words.primary}</Button>
        <Button>
          <Download aria-hidden />
          {words.secondary}
        </Button>
        <Button look="quiet">{words.quiet}</Button>
        <Button look="danger">{words.danger}</Button>
        <IconButton label={words.icon} icon={<Search aria-hidden />} />
      </Row>
      <Row>
        <Button look="primary" busy>
          {words.busy}
        </Button>
        <Button disabled>{words.disabled}</Button>
        <ButtonLink href="/" look="quiet">
          {words.link}
        </ButtonLink>
      </Row>
    </Part>
  )
}

export function Statuses() {
  const words = useWords()
  return (
    <>
      <Row>
        {tones.map((tone) => (
          <StatusBadge key={tone} tone={tone}>
            {words.statuses[tone]}
          </StatusBadge>
        ))}
      </Row>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-3">
        {tones.map((tone, index) => (
          <MetricCard
            key={tone}
            label={words.states.metric}
            value={index}
            hint={words.states.metricHint}
            tone={tone}
            icon={<BellRing aria-hidden />}
            {...(index === 2 && { href: '#status' })}
          />
        ))}
      </div>
    </>
  )
}
