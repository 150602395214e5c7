/**
 * The questions by which a significant hazard at a step becomes a critical control point, after the decision tree of the
 * Codex Alimentarius (CXC 1-1969, revision of 2022, annex IV). `attention` is its first footnote as a question of its own:
 * good hygiene that has to be monitored and recorded is what ISO 22000 calls an operational prerequisite.
 *
 *   prerequisites  is good hygiene enough to control it here?
 *   attention      … only where that is monitored and recorded?
 *   measures       is there a control measure for it at this step?
 *   later          does a later step prevent, remove or reduce it to what is acceptable?
 *   specific       can this step do so itself?
 */
export const QUESTIONS = ['prerequisites', 'attention', 'measures', 'later', 'specific'] as const
export type Question = (typeof QUESTIONS)[number]

export type Answer = { yes: boolean; because: string }
export type Answers = Readonly<Record<Question, Answer | null>>

/**
 * ccp: control here is essential · operational: by good hygiene that is monitored · prerequisite: by good hygiene as always ·
 * later: at a later step · nowhere_here: nothing at this step controls it, so a later one has to · modify: nothing does, so
 * the step, the process or the product has to change.
 */
export const RESULTS = ['ccp', 'operational', 'prerequisite', 'later', 'nowhere_here', 'modify'] as const
export type Result = (typeof RESULTS)[number]

export type Decision = {
  /** The questions that matter with these answers, in the order in which they are asked. */
  asked: readonly Question[]
  /** The one to be answered next; null when there is a result. */
  next: Question | null
  result: Result | null
}

type Leads = { ask: Question } | { result: Result }
const TREE: Record<Question, { yes: Leads; no: Leads }> = {
  prerequisites: { yes: { ask: 'attention' }, no: { ask: 'measures' } },
  attention: { yes: { result: 'operational' }, no: { result: 'prerequisite' } },
  measures: { yes: { ask: 'later' }, no: { result: 'nowhere_here' } },
  later: { yes: { result: 'later' }, no: { ask: 'specific' } },
  specific: { yes: { result: 'ccp' }, no: { result: 'modify' } },
}

/** Walks the tree as far as the answers lead. Answers to questions that are not asked any more count for nothing. */
export function decide(answers: Answers): Decision {
  const asked: Question[] = []
  for (let at: Question = 'prerequisites'; ; ) {
    asked.push(at)
    const answer: Answer | null = answers[at]
    if (!answer) return { asked, next: at, result: null }
    const leads: Leads = TREE[at][answer.yes ? 'yes' : 'no']
    if ('result' in leads) return { asked, next: null, result: leads.result }
    at = leads.ask
  }
}

/** Such a point needs limits, monitoring and corrections. */
export const isControlled = (result: Result | null): result is 'ccp' | 'operational' =>
  result === 'ccp' || result === 'operational'

export const NO_ANSWERS: Answers = {
  prerequisites: null,
  attention: null,
  measures: null,
  later: null,
  specific: null,
}

export const isSignificant = (hazard: { likelihood: number; severity: number }, threshold: number): boolean =>
  hazard.likelihood * hazard.severity >= threshold
