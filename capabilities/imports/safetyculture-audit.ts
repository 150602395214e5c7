import { type GivenAnswer, GivenAudit } from '@opsflow/capabilities/audits'
import type { ReadRow } from './read-inspection.ts'
import {
  choicesOf,
  failedIds,
  inOrder,
  type LeftOut,
  type PeerExport,
  type PeerItem,
  type PeerResponse,
  type Visit,
  weightOf,
} from './safetyculture.ts'

/** Where a peer's own header tells when and by whom it was done, and at which place. */
const CONDUCTED_ON = 'f3245d42-ea77-11e1-aff1-0800200c9a66'
const PREPARED_BY = 'f3245d43-ea77-11e1-aff1-0800200c9a66'
const PLACE = 'f3245d44-ea77-11e1-aff1-0800200c9a66'
const SILENT = new Set(['information', 'section', 'category', 'smartfield', 'dynamicfield', 'primeelement', 'element'])

/** A peer's inspection as it was given, and what of it stays behind there. */
export function peerAudit(exported: PeerExport): { read: ReadRow; leftOut: LeftOut[]; photos: PeerPhoto[] } {
  const { visits } = inOrder(exported)
  const leftOut: LeftOut[] = []
  const asked = visits.filter(({ item }) => !SILENT.has(item.type))
  const answers = asked.map((visit) => answerOf(visit, exported))
  const photos = asked.flatMap(({ item }, answer) =>
    mediaOf(item).map((id) => ({ answer, id, itemId: item.item_id, label: item.label })),
  )
  for (const { item } of visits) {
    if (SILENT.has(item.type) && mediaOf(item).length > 0)
      leftOut.push({ itemId: item.item_id, label: item.label, code: 'photos', detail: `${mediaOf(item).length}` })
  }
  const data = exported.audit_data ?? {}
  const name = (exported.template_data.metadata?.name ?? '').trim().slice(0, 300) || 'SafetyCulture'
  if (!data.date_completed) leftOut.push({ itemId: '', label: name, code: 'not_completed', detail: '' })
  const header = new Map(exported.header_items.map((item) => [item.item_id, item.responses]))
  const day = dayIn(data.date_completed) ?? dayIn(header.get(CONDUCTED_ON)?.datetime) ?? dayIn(data.date_started)
  const given = {
    ...{ source: 'safetyculture', sourceId: exported.audit_id ?? '', name, auditType: 'internal' },
    place: placeOf(exported, header.get(PLACE)?.location_text ?? ''),
    auditDate: day ?? dayIn(exported.created_at),
    completedAt: instantIn(data.date_completed),
    statedBy: (header.get(PREPARED_BY)?.text || data.authorship?.author || '').slice(0, 300),
    result: data.date_completed ? 'completed' : 'not completed',
    ...{
      score: data.score ?? null,
      max: data.total_score ?? null,
      percent: data.score_percentage ?? null,
      grade: null,
    },
    ...{ answers: answers.map(({ failing: _, ...answer }) => answer) },
    findings: answers
      .filter(({ failing }) => failing)
      .map((answer) => ({ code: '', text: findingText(answer), isCritical: null })),
    columns: (data.name ? { title: data.name.slice(0, 4000) } : {}) as Record<string, string>,
  }
  const read = GivenAudit.safeParse(given)
  if (read.success) return { read: { ok: true, given: read.data }, leftOut, photos }
  const { path = [], message = '' } = read.error.issues[0] ?? {}
  const code = path[0] === 'auditDate' ? 'date_missing' : 'audit_unreadable'
  return { read: { ok: false, errors: [{ column: path.join('.'), code, message }] }, leftOut, photos: [] }
}

/** A photo of an answer (counted from 0), by what the peer calls its file; the export holds no byte of it. */
export type PeerPhoto = { answer: number; id: string; itemId: string; label: string }

/** As the export names them: each with its `media_id`, of which the file beside it is called. */
function mediaOf({ type, media, responses }: PeerItem): string[] {
  const named = [...(responses?.media ?? []), ...(type === 'media' ? (media ?? []) : [])]
  const ids = named.map((one) => (one as { media_id?: unknown } | null)?.media_id)
  return [...new Set(ids.filter((id) => typeof id === 'string' && id !== '').map((id) => String(id).slice(0, 300)))]
}

/** One without a site is a place of its own: nobody can tell for the next one where it was. */
function placeOf({ audit_data, audit_id }: PeerExport, address: string) {
  const site = audit_data?.site
  const name = (site?.name ?? '').slice(0, 300)
  const key = site?.id
    ? `site ${site.id}`
    : name
      ? `site ${name}`
      : address
        ? `at ${address}`
        : `audit ${audit_id ?? ''}`
  return { key: key.slice(0, 300), name: name || address.slice(0, 300), licence: '', address: address.slice(0, 500) }
}

type Answer = GivenAnswer & { failing: boolean }

function answerOf({ item, above }: Visit, exported: PeerExport): Answer {
  const choices = item.type === 'question' || item.type === 'list' ? (choicesOf(item, exported) ?? []) : []
  const chosen = item.responses?.selected ?? []
  const scored = choices.filter(counts)
  const isAsked = !item.inactive && !above.some(({ inactive }) => inactive)
  const failing = item.responses?.failed === true || chosen.some(({ id }) => failedIds(item).has(id))
  const several = item.options?.multiple_selection === true
  const points = chosen.filter(counts)
  return {
    section: above
      .filter(({ type }) => type === 'section' || type === 'category' || type === 'element')
      .map(({ label }) => label.trim())
      .filter((label) => label !== '')
      .join(' · ')
      .slice(0, 600),
    label: item.label.trim().slice(0, 2000) || `(${item.type})`,
    answer: answerText(item, chosen).slice(0, 8000),
    note: chosen.length > 0 ? (item.responses?.text ?? '').slice(0, 8000) : '',
    score: points.length > 0 ? sum(points) : null,
    max: scored.length === 0 ? null : several ? sum(scored.filter(({ score }) => (score ?? 0) > 0)) : best(scored),
    weight: weightOf(item),
    fails: failing,
    leftOut: !isAsked || (chosen.length > 0 && points.length === 0),
    failing: failing && isAsked,
  }
}

const counts = ({ enable_score, score }: PeerResponse) => enable_score === true && typeof score === 'number'
const sum = (of: readonly PeerResponse[]) => of.reduce((total, { score }) => total + (score ?? 0), 0)
const best = (of: readonly PeerResponse[]) => of.reduce((most, { score }) => Math.max(most, score ?? 0), 0)

function answerText({ responses }: PeerItem, chosen: readonly PeerResponse[]): string {
  if (!responses) return ''
  if (chosen.length > 0) return chosen.map(({ label }) => label).join('; ')
  const said = responses.text ?? responses.datetime ?? responses.location_text ?? responses.value ?? responses.name
  return said === null || said === undefined ? '' : String(said)
}

const findingText = ({ label, answer, note }: Answer) =>
  `${label}: ${answer}${note ? `. ${note}` : ''}`.slice(0, 20_000)

const instantIn = (text: string | null | undefined) => {
  const at = text ? Date.parse(text) : Number.NaN
  return at >= 0 && at < Date.UTC(2200) ? new Date(at).toISOString() : null
}
const dayIn = (text: string | null | undefined) => instantIn(text)?.slice(0, 10) ?? null
