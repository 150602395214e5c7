'use client'
import { useTranslations } from 'use-intl'
import type { Policy, PolicyStep } from '../policy.ts'

/** A policy as one would say it. */
export function PolicyWords({ policy }: { policy: Policy }) {
  const t = useTranslations('alerts.policies')
  const duration = useDuration()
  if (!policy.isOn) return <p className="text-sm text-ink-muted">{t('off')}</p>
  return (
    <div className="grid gap-2 text-sm">
      <ol className="grid list-decimal gap-1 ps-5">
        {policy.steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name but their place
          <li key={at}>
            <StepWords step={step} isFirst={at === 0} />
          </li>
        ))}
      </ol>
      <p className="text-ink-muted">
        {policy.repeats > 0
          ? t('repeatsText', { every: duration(policy.repeatMinutes), count: policy.repeats })
          : t('noRepeats')}{' '}
        {t('holdText', { time: duration(policy.holdMinutes) })}{' '}
        {policy.breaksQuiet ? t('breaksText') : policy.quiet ? t('quietText', policy.quiet) : t('ownQuietText')}
      </p>
    </div>
  )
}

function StepWords({ step, isFirst }: { step: PolicyStep; isFirst: boolean }) {
  const t = useTranslations('alerts.policies')
  const duration = useDuration()
  const when =
    step.afterMinutes === 0
      ? t('atOnce')
      : t(isFirst ? 'afterStart' : 'afterStep', { time: duration(step.afterMinutes) })
  const who = step.to.map((audience) => t(`audiences.${audience}`)).join(', ')
  const ways = ['inbox' as const, ...step.ways].map((way) => t(`ways.${way}`)).join(', ')
  return t('step', { when, who, ways })
}

export function useDuration() {
  const t = useTranslations('alerts.policies')
  return (minutes: number) =>
    minutes % 60 === 0 && minutes > 0 ? t('hours', { count: minutes / 60 }) : t('minutes', { count: minutes })
}
