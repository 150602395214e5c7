import type { Policy, PolicyStep } from './policy.ts'
import type { Audience, Kind, Severity, Way } from './words.ts'

const step = (afterMinutes: number, to: Audience[], ways: Way[]): PolicyStep => ({ afterMinutes, to, ways })

const NORMAL: Policy = {
  isOn: true,
  steps: [
    step(0, ['assignee', 'on'], []),
    step(15, ['managers'], ['push']),
    step(45, ['district'], ['push', 'email']),
    step(120, ['admins'], ['email']),
  ],
  repeatMinutes: 60,
  repeats: 2,
  holdMinutes: 60,
  quiet: { from: '22:00', to: '06:00' },
  breaksQuiet: false,
}
const CRITICAL: Policy = {
  isOn: true,
  steps: [
    step(0, ['assignee', 'on'], []),
    step(0, ['managers'], ['push', 'email']),
    step(20, ['district'], ['push', 'email']),
    step(40, ['admins'], ['push', 'email']),
  ],
  repeatMinutes: 30,
  repeats: 6,
  holdMinutes: 30,
  quiet: null,
  breaksQuiet: true,
}

/** What a new organization begins with, and what holds wherever nobody has said otherwise. */
const DEFAULTS: Partial<Record<`${Kind}.${Severity}`, Policy>> = {
  'temperature.critical': CRITICAL,
  'failed.critical': CRITICAL,
  // Work for whoever is on, and nobody is asked to look at a phone for it.
  'task.normal': {
    ...NORMAL,
    steps: [step(0, ['assignee'], ['push']), step(30, ['on', 'managers'], []), step(240, ['managers'], ['push'])],
    repeatMinutes: 240,
    repeats: 1,
    holdMinutes: 240,
  },
  'task.critical': {
    ...NORMAL,
    steps: [
      step(0, ['assignee', 'on'], ['push']),
      step(15, ['managers'], ['push']),
      step(60, ['district'], ['push', 'email']),
    ],
  },
  'set_aside.normal': {
    ...NORMAL,
    steps: [step(0, ['managers'], ['push']), step(1440, ['district', 'admins'], ['email'])],
    repeatMinutes: 1440,
    repeats: 2,
    holdMinutes: 1440,
  },
}

export const defaultPolicy = (kind: Kind, severity: Severity): Policy => DEFAULTS[`${kind}.${severity}`] ?? NORMAL
