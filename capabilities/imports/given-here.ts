import type { Audit, GivenAnswer, GivenAudit, GivenFinding } from '@opsflow/capabilities/audits'
import { bestOf } from '@opsflow/capabilities/audits'
import type { Answer, Item, Step } from '@opsflow/capabilities/checklists'

/** What an audit done here was, as far as an export tells it. */
export type DoneHere = {
  audit: Audit
  location: { id: string; name: string; code: string | null; address: string }
  steps: readonly Step[]
  findings: readonly GivenFinding[]
}

/** An audit done here as any other source would give it: with it, what leaves one organization is read in another. */
export function givenHere({ audit, location, steps, findings }: DoneHere): GivenAudit {
  const { score } = audit
  return {
    ...{
      source: 'opsflow',
      sourceId: audit.id,
      name: audit.name,
      auditType: audit.auditType,
      auditDate: audit.auditDate,
    },
    place: {
      ...{ key: `location ${location.id}`, name: location.name, licence: location.code ?? '' },
      address: location.address,
    },
    completedAt: new Date(audit.scoredAt).toISOString(),
    statedBy: audit.scoredBy?.name ?? '',
    result: audit.status,
    ...{ score: score.points, max: score.max, percent: audit.complianceScore, grade: audit.grade },
    answers: steps.filter(({ item }) => item.kind !== 'instruction').map(givenAnswer),
    findings: [...findings],
    columns: {
      ...{ template: audit.templateId, version: String(audit.version), scheme: score.scheme, edition: score.edition },
      ...(score.outcome && { outcome: score.outcome }),
      ...(score.failedCritical.length > 0 && {
        failedCritical: score.failedCritical
          .map(({ label }) => label)
          .join('; ')
          .slice(0, 4000),
      }),
    },
  }
}

function givenAnswer({ section, entry, item, answer }: Step): GivenAnswer {
  const standing = answer?.outcome === 'cleared' ? undefined : answer
  return {
    section: [section.title, entry?.label].filter(Boolean).join(' · '),
    label: item.label,
    answer: standing ? answerText(item, standing).slice(0, 8000) : '',
    note: standing?.note ?? '',
    ...pointsOf(item, standing),
    weight: item.weight,
    fails: standing?.outcome === 'fail',
    leftOut: standing?.outcome === 'not_applicable',
  }
}

/** Points of options where they have any, else 1 for what passes; of what neither passes nor fails none. */
function pointsOf(item: Item, answer: Answer | undefined): Pick<GivenAnswer, 'score' | 'max'> {
  if (item.kind === 'choice' && item.options.some(({ points }) => points !== null)) {
    const chosen = answer?.value?.kind === 'choice' ? answer.value.options : []
    const taken = item.options.filter(({ id, points }) => chosen.includes(id) && points !== null)
    const points = item.options.flatMap((option) => option.points ?? [])
    return {
      score: taken.length === 0 ? null : taken.reduce((sum, { points }) => sum + (points ?? 0), 0),
      max: bestOf(points, item.several),
    }
  }
  if (answer?.outcome === 'pass') return { score: 1, max: 1 }
  return answer?.outcome === 'fail' ? { score: 0, max: 1 } : { score: null, max: null }
}

function answerText(item: Item, { value, outcome, photos }: Answer): string {
  if (!value) return outcome
  switch (value.kind) {
    case 'pass_fail':
      return value.passes ? 'pass' : 'fail'
    case 'yes_no':
      return value.yes ? 'yes' : 'no'
    case 'temperature':
      return `${value.text} ${value.unit}`
    case 'choice':
      return value.options
        .map((id) => (item.kind === 'choice' && item.options.find((one) => one.id === id)?.label) || id)
        .join('; ')
    case 'photo':
      return `${photos}`
    case 'signature':
      return value.name
    case 'timer':
      return [value.startedAt, value.endedAt].filter(Boolean).join(' – ')
    case 'entry':
      return value.label
    default:
      return value.text
  }
}
