import { refuse } from '@opsflow/platform/refusal'
import { recordEvent } from '@opsflow/platform/server/events'
import type { Tx } from '@opsflow/platform/server/tenant'
import type { ChecklistTemplate, TemplateContent } from '../../template.ts'
import { problemsOf } from '../../template-problems.ts'
import { demandInUse, lockToChange } from './authority.ts'
import { renewForms } from './forms.ts'
import { unknownVersion } from './preview.ts'
import { changedNow } from './save-template.ts'
import { insertVersion, readVersion, storeTemplate, type TemplateRow } from './store.ts'

type Publication = { revision: number; note: string }

/** Freezes the draft as the next version. It holds at once, for everything that nobody has begun. */
export async function publishTemplate(tx: Tx, id: string, { revision, note }: Publication): Promise<ChecklistTemplate> {
  const template = await lockToChange(tx, id, revision)
  demandInUse(template)
  if (!template.isChanged) {
    refuse('conflict', 'checklists.template_not_changed', { detail: 'This is what is in use already.' })
  }
  demandWhole(template.draft)
  await putInUse(tx, template, { ...template, content: template.draft, note }, 'checklists.template_published')
  return changedNow(tx, id)
}

function demandWhole(draft: TemplateContent) {
  const problems = problemsOf(draft)
  if (problems.length === 0) return
  refuse('invalid', 'checklists.template_incomplete', {
    detail: 'This checklist is not finished yet.',
    errors: problems.map((problem) => ({ ...problem, path: `draft.${problem.path}` })),
  })
}

/** Publishes an older version's text anew. A draft somebody is working on stays as it is. */
export async function rollBack(
  tx: Tx,
  id: string,
  { revision, version, note }: Publication & { version: number },
): Promise<ChecklistTemplate> {
  const template = await lockToChange(tx, id, revision)
  demandInUse(template)
  const older = (await readVersion(tx, id, version)) ?? unknownVersion()
  const frozen = { name: template.name, category: older.category, content: older.content, note }
  const after = template.isChanged ? template : { ...template, category: older.category, draft: older.content }
  await putInUse(tx, after, frozen, 'checklists.template_rolled_back', { backTo: version })
  return changedNow(tx, id)
}

async function putInUse(
  tx: Tx,
  template: TemplateRow,
  frozen: Parameters<typeof insertVersion>[2],
  event: string,
  more: object = {},
) {
  const version = await insertVersion(tx, template.id, frozen)
  await storeTemplate(tx, { ...template, publishedVersion: version })
  await recordEvent(tx, { name: event, subjectId: template.id, after: { version, note: frozen.note, ...more } })
  await renewForms(tx, template.id)
}
