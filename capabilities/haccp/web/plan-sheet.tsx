import { Panel, StatusBadge } from '@opsflow/platform/web'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { type NumberedControl, numberedControls } from '../control-numbers.ts'
import { decide, isSignificant } from '../decision.ts'
import { inFlow } from '../flow.ts'
import type { Shown } from '../haccp-plan.ts'
import type { Hazard, PlanContent, Tie } from '../plan.ts'
import { useDay } from './days.ts'
import { FlowDrawing } from './flow-drawing.tsx'

type Sheet = { content: PlanContent; shown: Shown }

/** Everything a signed plan says, to be read and printed. */
export function PlanSheet({ content, shown }: Sheet) {
  const t = useTranslations('haccp')
  const day = useDay()
  const { scope, team, products, confirmation, verifications, records } = content
  return (
    <>
      <Panel title={t('steps.team')}>
        <p className="mb-3 text-[0.9375rem]">{scope}</p>
        <ul className="grid gap-1.5 text-[0.9375rem]">
          {team.map((one) => (
            <li key={one.id}>
              <strong className="font-semibold">{one.name}</strong>
              {one.leads && ` (${t('fields.leads')})`}
              <span className="text-ink-muted"> {[one.duty, one.knowledge].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={`${t('steps.product')} · ${t('steps.use')}`}>
        <ul className="grid gap-4">
          {products.map((one) => (
            <li key={one.id} className="text-[0.9375rem]">
              <strong className="font-semibold">{one.name}</strong>
              <p>{one.description}</p>
              <Facts
                facts={[
                  [t('fields.allergens'), one.allergens],
                  [t('fields.storage'), one.storage],
                  [t('fields.shelfLife'), one.shelfLife],
                  [t('fields.use'), one.use],
                  [t('fields.consumers'), t(`fields.consumerKinds.${one.consumers}`)],
                ]}
              />
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('steps.flow')}>
        <FlowDrawing steps={content.steps} arrows={content.arrows} />
        {confirmation && (
          <p className="mt-3 text-sm text-ink-muted">
            {t('revision.confirmed', { name: confirmation.by, day: day(confirmation.on) })}
          </p>
        )}
      </Panel>
      <HazardList content={content} />
      {numberedControls(content).map((one) => (
        <ControlSheet key={one.control.id} one={one} shown={shown} />
      ))}
      <Panel title={t('steps.verification')}>
        <ul className="grid gap-1.5 text-[0.9375rem]">
          {verifications.map(({ id, what, every, who }) => (
            <li key={id}>
              {what} <span className="text-ink-muted">{[every, who].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('steps.records')}>
        <ul className="grid gap-1.5 text-[0.9375rem]">
          {records.map(({ id, what, where, months }) => (
            <li key={id}>
              {what}{' '}
              <span className="text-ink-muted">{[where, t('fields.months', { count: months })].join(' · ')}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}

/** Step by step: what can harm, and what the questions came to. */
function HazardList({ content }: { content: PlanContent }) {
  const t = useTranslations('haccp')
  return (
    <Panel title={t('steps.hazards')}>
      <div className="grid gap-6">
        {inFlow(content.steps, content.arrows).map((step) => {
          const here = content.hazards.filter(({ stepId }) => stepId === step.id)
          return (
            <section key={step.id} className="grid gap-4">
              <h3 className="border-b border-line pb-1 text-[0.9375rem] font-semibold">{step.name}</h3>
              {here.length === 0 && <p className="text-sm text-ink-muted">{step.noHazard}</p>}
              {here.map((hazard) => (
                <HazardSheet key={hazard.id} hazard={hazard} isMeant={isSignificant(hazard, content.threshold)} />
              ))}
            </section>
          )
        })}
      </div>
    </Panel>
  )
}

function HazardSheet({ hazard, isMeant }: { hazard: Hazard; isMeant: boolean }) {
  const t = useTranslations('haccp')
  const { asked, result } = decide(hazard.answers)
  const { likelihood, severity } = hazard
  return (
    <div className="grid break-inside-avoid gap-1.5 text-sm">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong className="text-[0.9375rem] font-semibold">{hazard.what}</strong>
        {isMeant && result ? (
          <StatusBadge tone={result === 'ccp' ? 'danger' : 'neutral'}>{t(`results.${result}`)}</StatusBadge>
        ) : (
          <StatusBadge tone="neutral">{t('fields.notSignificant')}</StatusBadge>
        )}
      </p>
      <p className="text-ink-muted">
        {[
          t(`hazardKinds.${hazard.kind}`),
          t('fields.score', { likelihood, severity, score: likelihood * severity }),
          hazard.cause,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p>{hazard.measures}</p>
      {isMeant && (
        <ol className="grid gap-1 text-ink-muted">
          {asked.map((question) => {
            const answer = hazard.answers[question]
            return (
              answer && (
                <li key={question}>
                  {t(`questions.${question}`)}{' '}
                  <span className="font-medium text-ink">{t(answer.yes ? 'decide.yes' : 'decide.no')}</span>:{' '}
                  {answer.because}
                </li>
              )
            )
          })}
        </ol>
      )}
    </div>
  )
}

function ControlSheet({ one: { control, number, stepName, hazards }, shown }: { one: NumberedControl; shown: Shown }) {
  const t = useTranslations('haccp')
  const limits = control.limits.map((limit) => {
    if (limit.kind === 'own') return `${limit.what} (${t('controls.validation')}: ${limit.validation})`
    const rule = shown.limits[limit.ruleId]
    return rule ? `${rule.what}: ${rule.text} (${rule.source}, ${rule.edition})` : limit.ruleId
  })
  return (
    <Panel title={`${number} · ${stepName}`}>
      <Facts
        facts={[
          [t('steps.hazards'), hazards.map(({ what }) => what).join(' · ')],
          [t('steps.limits'), <List key="limits" items={limits} />],
          [t('controls.what'), control.what],
          [t('controls.how'), control.how],
          [t('controls.when'), control.when],
          [t('controls.who'), control.who],
          [t('ties.title'), <List key="ties" items={control.ties.map((tie) => tieText(tie, shown, t))} />],
          [t('controls.correctsProcess'), control.correctsProcess],
          [t('controls.correctsProduct'), control.correctsProduct],
        ]}
      />
    </Panel>
  )
}

type Words = ReturnType<typeof useTranslations<'haccp'>>

function tieText(tie: Tie, shown: Shown, t: Words): string {
  if (tie.kind === 'process')
    return [
      t(`processes.${tie.process}`),
      tie.perDay === 0 ? t('ties.asTheyCome') : t('ties.atLeast', { count: tie.perDay }),
    ].join(': ')
  if (tie.kind === 'schedule') {
    const items = tie.itemIds.map((id) => shown.items[id]).filter(Boolean)
    return [shown.schedules[tie.scheduleId], items.length > 0 ? items.join(', ') : t('ties.wholeList')].join(': ')
  }
  const every =
    tie.everyMinutes < 60
      ? t('ties.minutes', { minutes: tie.everyMinutes })
      : t('ties.hours', { hours: tie.everyMinutes / 60 })
  return `${shown.units[tie.unitId]}: ${every}, ${t(`ties.durings.${tie.during}`)}`
}

const List = ({ items }: { items: readonly string[] }) => (
  <ul className="grid gap-0.5">
    {items.map((item) => (
      <li key={item}>{item}</li>
    ))}
  </ul>
)

function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="mt-1 grid gap-x-4 gap-y-1.5 text-sm sm:grid-cols-[11rem_minmax(0,1fr)]">
      {facts
        .filter(([, value]) => value !== '')
        .map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-ink-muted">{label}</dt>
            <dd className="max-sm:mb-1.5">{value}</dd>
          </div>
        ))}
    </dl>
  )
}
