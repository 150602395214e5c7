'use client'
import { Button, Input, NumberInput, Select, StatusShape, TextArea } from '@opsflow/platform/web'
import { Plus, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Answer, AnswerValue } from '../../answer.ts'
import type { Item } from '../../item.ts'
import { judgeFood } from '../../judge-food.ts'
import { numberOf, outcomeOf, progressOf, type Step, stepsOf } from '../../steps.ts'
import type { DraftContent } from '../../template.ts'
import { KindIcon, UNIT_KINDS } from './kinds.tsx'

const RULES = { jurisdiction: 'us' as const, ruleEdition: null }

/** The checklist at the size of a phone, to be tried out: the same rules judge, and nothing is recorded. */
export default function TestRun({ name, content }: { name: string; content: DraftContent }) {
  const t = useTranslations('templates')
  const [answers, setAnswers] = useState<Answer[]>([])
  // Stand-ins for a location's equipment: one of each kind.
  const units = UNIT_KINDS.map((kind) => ({ id: kind, kind, name: t(`unitKinds.${kind}`) }))
  const steps = stepsOf(content, answers, units)
  const progress = progressOf(steps)
  const give = (itemId: string, entryId: string | null, value: AnswerValue | null, outcome: Answer['outcome']) =>
    setAnswers((now) => [...now, answerOf(itemId, entryId, value, outcome)])
  const share = progress.asked === 0 ? 0 : Math.round((100 * progress.answered) / progress.asked)

  return (
    <section
      aria-label={t('try.label')}
      className="mx-auto w-full max-w-96 overflow-hidden rounded-[1.75rem] border-4 border-line-strong/60 bg-canvas xl:sticky xl:top-20"
    >
      <header className="border-b border-line bg-surface px-4 pt-4 pb-3">
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <h2 className="text-[0.9375rem] leading-snug font-semibold text-pretty">{name}</h2>
            <p className="mt-0.5 text-sm text-ink-muted">
              {t('try.progress', { answered: progress.answered, asked: progress.asked })}
            </p>
          </div>
          <Button look="quiet" disabled={answers.length === 0} onClick={() => setAnswers([])}>
            <RotateCcw aria-hidden />
            {t('try.again')}
          </Button>
        </div>
        <div className="mt-2 h-1.5 overflow-hidden rounded-full bg-sunken">
          <div className="h-full rounded-full bg-accent" style={{ width: `${share}%` }} />
        </div>
        <p className="mt-2 text-[0.8125rem] text-ink-muted">{t('try.notRecorded')}</p>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself is reached by the keyboard */}
      <div tabIndex={0} className="grid max-h-[34rem] gap-3 overflow-y-auto p-3">
        {content.sections.map((section) => {
          const own = steps.filter((step) => step.section.id === section.id)
          const isOpen = section.repeat?.per === 'entry'
          if (own.length === 0 && !isOpen) return null
          return (
            <div key={section.id} className="grid gap-2">
              {section.title && <h3 className="px-1 pt-1 text-sm font-semibold text-ink-muted">{section.title}</h3>}
              {own.map((step, n) => (
                <div key={`${step.item.id} ${step.entry?.id}`} className="grid gap-2">
                  {step.entry && step.entry.id !== own[n - 1]?.entry?.id && (
                    <p className="px-1 pt-1 text-sm font-medium">{step.entry.label}</p>
                  )}
                  <StepCard
                    step={step}
                    onAnswer={(value, outcome) => give(step.item.id, step.entry?.id ?? null, value, outcome)}
                  />
                </div>
              ))}
              {section.repeat?.per === 'entry' && (
                <Button
                  onClick={() => {
                    const noun = section.repeat?.per === 'entry' ? section.repeat.noun : ''
                    const number = new Set(own.map(({ entry }) => entry?.id)).size + 1
                    give(section.id, newId(), { kind: 'entry', label: `${noun} ${number}` }, 'recorded')
                  }}
                >
                  <Plus aria-hidden />
                  {t('try.another', { noun: section.repeat.noun })}
                </Button>
              )}
            </div>
          )
        })}
        {steps.length === 0 && <p className="py-10 text-center text-sm text-ink-muted">{t('try.empty')}</p>}
        {progress.asked > 0 && progress.missing === 0 && (
          <p role="status" className="flex items-center justify-center gap-2 py-2 text-sm font-medium">
            <StatusShape tone={progress.failed > 0 ? 'warn' : 'ok'} />
            {t('try.complete', { failed: progress.failed })}
          </p>
        )}
      </div>
    </section>
  )
}

let minted = 0
/** In their order, as ids of a real one are. */
const newId = () => `entry-${String(++minted).padStart(6, '0')}`

const answerOf = (
  itemId: string,
  entryId: string | null,
  value: AnswerValue | null,
  outcome: Answer['outcome'],
): Answer => ({
  id: newId(),
  locationId: '',
  checklistId: '',
  itemId,
  entryId,
  value,
  outcome,
  note: '',
  photos: value?.kind === 'photo' ? 10 : 0,
  photoHashes: [],
  taskId: null,
  answeredAt: new Date().toISOString(),
  answeredBy: null,
  kiosk: null,
  receivedAt: null,
  timeQuality: null,
  knew: null,
})

type Give = (value: AnswerValue | null, outcome: Answer['outcome']) => void

function StepCard({ step: { item, answer }, onAnswer }: { step: Step; onAnswer: Give }) {
  const t = useTranslations('templates')
  const failed = answer?.outcome === 'fail'
  const tone = failed ? 'danger' : answer && answer.outcome !== 'cleared' ? 'ok' : 'neutral'
  return (
    <div className={`rounded-xl border bg-surface p-3 ${failed ? 'border-danger/60' : 'border-line'}`}>
      <div className="flex items-start gap-2.5 [&>svg]:mt-0.5 [&>svg]:size-5 [&>svg]:shrink-0 [&>svg]:text-ink-muted">
        <KindIcon kind={item.kind} />
        <div className="min-w-0 flex-1">
          <p className="text-[0.9375rem] leading-snug font-medium text-pretty">{item.label}</p>
          {item.help && <p className="mt-0.5 text-sm whitespace-pre-line text-ink-muted">{item.help}</p>}
        </div>
        {item.kind !== 'instruction' && <StatusShape tone={tone} className="mt-0.5 size-5" />}
      </div>
      <div className="mt-2.5 grid gap-2 empty:hidden">
        <AnswerFields key={answer ? 'answered' : 'open'} item={item} answer={answer} onAnswer={onAnswer} />
        {item.mayBeNotApplicable && (
          <Button
            look="quiet"
            aria-pressed={answer?.outcome === 'not_applicable'}
            onClick={() => onAnswer(null, 'not_applicable')}
          >
            {t('try.notApplicable')}
          </Button>
        )}
      </div>
      {failed && item.onFail && (
        <div className="mt-2.5 rounded-lg bg-danger-tint px-3 py-2 text-sm">
          {item.onFail.fix && <p className="font-medium">{item.onFail.fix}</p>}
          <p>
            {[
              item.onFail.needsNote && t('try.needsNote'),
              item.onFail.needsPhoto && t('try.needsPhoto'),
              item.onFail.leadsTo !== 'nothing' && t(`try.leadsTo.${item.onFail.leadsTo}`),
            ]
              .filter(Boolean)
              .join(' ')}
          </p>
        </div>
      )}
    </div>
  )
}

function AnswerFields({ item, answer, onAnswer }: { item: Item; answer: Answer | undefined; onAnswer: Give }) {
  const t = useTranslations('templates')
  const give = (value: AnswerValue, judged: boolean | null = null) => onAnswer(value, outcomeOf(item, value, judged))
  const value = answer?.outcome === 'cleared' ? null : (answer?.value ?? null)
  const pick = (label: string, isChosen: boolean, chosen: AnswerValue) => (
    <Button key={label} look={isChosen ? 'primary' : 'secondary'} aria-pressed={isChosen} onClick={() => give(chosen)}>
      {label}
    </Button>
  )
  switch (item.kind) {
    case 'pass_fail':
      return (
        <div className="grid grid-cols-2 gap-2">
          {([true, false] as const).map((passes) =>
            pick(t(passes ? 'try.pass' : 'try.fail'), value?.kind === 'pass_fail' && value.passes === passes, {
              kind: 'pass_fail',
              passes,
            }),
          )}
        </div>
      )
    case 'yes_no':
      return (
        <div className="grid grid-cols-2 gap-2">
          {([true, false] as const).map((yes) =>
            pick(t(yes ? 'try.yes' : 'try.no'), value?.kind === 'yes_no' && value.yes === yes, { kind: 'yes_no', yes }),
          )}
        </div>
      )
    case 'number':
      return (
        <Typed
          label={item.label}
          unit={item.unit}
          onTyped={(text) => give({ kind: 'number', text })}
          onCleared={() => onAnswer(null, 'cleared')}
        />
      )
    case 'temperature': {
      const unit = item.subject.kind === 'food' ? item.subject.unit : 'F'
      return (
        <Typed
          label={item.label}
          unit={`°${unit}`}
          onTyped={(text) =>
            give(
              { kind: 'temperature', text, unit, unitId: null, logId: null },
              item.subject.kind === 'food'
                ? judgeFood(item.subject, RULES, { unit, text, milli: Math.round(numberOf(text) * 1000) })
                : null,
            )
          }
          onCleared={() => onAnswer(null, 'cleared')}
        />
      )
    }
    case 'text':
      return item.long ? (
        <TextArea aria-label={item.label} onChange={(event) => text(event.target.value, onAnswer)} />
      ) : (
        <Input aria-label={item.label} onChange={(event) => text(event.target.value, onAnswer)} />
      )
    case 'choice': {
      const chosen = value?.kind === 'choice' ? value.options : []
      return (
        <div className="grid gap-2">
          {item.options.map(({ id, label }) => {
            const isChosen = chosen.includes(id)
            const next = !item.several ? [id] : isChosen ? chosen.filter((one) => one !== id) : [...chosen, id]
            return (
              <Button
                key={id}
                look={isChosen ? 'primary' : 'secondary'}
                aria-pressed={isChosen}
                className="whitespace-normal"
                onClick={() => (next.length > 0 ? give({ kind: 'choice', options: next }) : onAnswer(null, 'cleared'))}
              >
                {label}
              </Button>
            )
          })}
        </div>
      )
    }
    case 'moment': {
      const type = { date: 'date', time: 'time', date_time: 'datetime-local' }[item.asks]
      return (
        <Input
          type={type}
          aria-label={item.label}
          onChange={(event) => event.target.value && give({ kind: 'moment', text: event.target.value })}
        />
      )
    }
    case 'photo':
      return <Button onClick={() => give({ kind: 'photo' })}>{t('try.photo', { count: item.atLeast })}</Button>
    case 'signature':
      return <Button onClick={() => give({ kind: 'signature', name: '—', path: '' })}>{t('try.sign')}</Button>
    case 'scan':
      return (
        <Select
          aria-label={item.label}
          defaultValue=""
          onChange={(event) => give({ kind: 'scan', text: event.target.value || 'x' })}
        >
          <option value="" disabled>
            {t('try.scan')}
          </option>
          <option value={item.expects ?? 'code'}>{t('try.rightCode')}</option>
          {item.expects && <option value="other">{t('try.otherCode')}</option>}
        </Select>
      )
    case 'timer': {
      const startedAt = new Date(Date.now() - item.seconds * 1000).toISOString()
      return (
        <Button onClick={() => give({ kind: 'timer', startedAt, endedAt: new Date().toISOString() })}>
          {t('try.timer', { minutes: item.seconds / 60 })}
        </Button>
      )
    }
    case 'instruction':
      return null
  }
}

const text = (typed: string, onAnswer: Give) =>
  typed.trim() === '' ? onAnswer(null, 'cleared') : onAnswer({ kind: 'text', text: typed.trim() }, 'recorded')

const NUMBER = /^[+\-−]?\d{1,10}(?:[.,]\d{1,6})?$/

function Typed({
  label,
  unit,
  onTyped,
  onCleared,
}: {
  label: string
  unit: string
  onTyped: (text: string) => void
  onCleared: () => void
}) {
  const [typed, setTyped] = useState('')
  return (
    <NumberInput
      aria-label={label}
      unit={unit}
      value={typed}
      onChange={(next) => {
        setTyped(next)
        if (NUMBER.test(next.trim())) onTyped(next.trim())
        else onCleared()
      }}
    />
  )
}
