import { notFound, refuse } from '@opsflow/platform/refusal'
import type { ReadTx } from '@opsflow/platform/server/tenant'
import { compareTemplates } from '../../compare.ts'
import { problemsOf } from '../../template-problems.ts'
import type { Comparison, PublishPreview } from '../../template-records.ts'
import { firstUnbegun } from '../schedules/first-unbegun.ts'
import { showSchedules } from '../schedules/show-schedules.ts'
import { latestVersion, readTemplate, readVersion, type TemplateRow } from './store.ts'
import { locationsUsing } from './store-preview.ts'

/** What publishing the draft would touch, before anybody does. */
export async function previewPublication(tx: ReadTx, id: string): Promise<PublishPreview> {
  const template = (await readTemplate(tx, id)) ?? notFound()
  const inUse = await readVersion(tx, id, template.publishedVersion ?? 0)
  return {
    nextVersion: (await latestVersion(tx, id)) + 1,
    schedules: await schedulesOf(tx, id),
    ...(await locationsUsing(tx, id)),
    differences: inUse ? compareTemplates(inUse, draftOf(template)) : [],
    problems: problemsOf(template.draft),
  }
}

/** Two versions beside each other; without `to` the draft. */
export async function compareVersions(
  tx: ReadTx,
  id: string,
  { from, to }: { from: number; to?: number | undefined },
): Promise<Comparison> {
  const template = (await readTemplate(tx, id)) ?? notFound()
  const older = (await readVersion(tx, id, from)) ?? unknownVersion()
  const newer = to === undefined ? draftOf(template) : ((await readVersion(tx, id, to)) ?? unknownVersion())
  return { from, to: to ?? null, differences: compareTemplates(older, newer) }
}

async function schedulesOf(tx: ReadTx, templateId: string): Promise<PublishPreview['schedules']> {
  const running = await showSchedules(tx, { templateId, state: 'running' }, MOST_SCHEDULES)
  const first = await firstUnbegun(tx, running)
  return running.map(({ id, name, role, locationCount, next }) => ({
    ...{ id, name, role, locationCount, next },
    from: first.get(id) ?? null,
  }))
}
const MOST_SCHEDULES = 200

const draftOf = ({ name, category, draft }: TemplateRow) => ({ name, category, content: draft })

export const unknownVersion = (): never =>
  refuse('not_found', 'checklists.version_unknown', { detail: 'This template has no such version.' })
