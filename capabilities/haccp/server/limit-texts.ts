import type { Shown } from '../haccp-plan.ts'
import type { Control } from '../plan.ts'

/** Each limit of a control with where it is written, or what proves that it is enough. */
export const limitTexts = ({ limits }: Pick<Control, 'limits'>, shown: Shown, validation = ''): string[] =>
  limits.map((limit) => {
    if (limit.kind === 'own') return `${limit.what} (${[validation, limit.validation].filter(Boolean).join(': ')})`
    const rule = shown.limits[limit.ruleId]
    return rule ? `${rule.what}: ${rule.text} (${rule.source}, ${rule.edition})` : limit.ruleId
  })
