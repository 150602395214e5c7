import {
  type Answer,
  type AnswerValue,
  type Checklist,
  type ChecklistForm,
  type Item,
  judgeFood,
  checklistMutators as lists,
  type Section,
  type Step,
  sectionsShown,
  standingSignature,
  stepsOf,
} from '@opsflow/capabilities/checklists'
import { openNow, signingOf } from '@opsflow/capabilities/checklists/client'
import type { Location } from '@opsflow/capabilities/locations'
import { type Task, taskMutators as tasks } from '@opsflow/capabilities/tasks'
import {
  type CorrectiveActionRecord,
  temperatureMutators as temperatures,
  type Unit,
} from '@opsflow/capabilities/temperature'
import type { Seated } from '@opsflow/platform/client/sync/seat'
import type { Mutator, Row } from '@opsflow/platform/sync'
import type { z } from 'zod'
import type { Draws } from '../../demo/draws.ts'
import type { Device } from './device.ts'

const MINUTE = 60_000
/** How often something is not as it should be. */
const FAILS = 0.04

/** Someone at a device who works through what it shows them, as its screens would let them. */
export class Hands {
  readonly #device: Device
  readonly #who: Seated
  readonly #draws: Draws

  constructor(device: Device, who: Seated, draws: Draws) {
    this.#device = device
    this.#who = who
    this.#draws = draws
  }

  get #rows() {
    return this.#device.replica
  }
  #all = <R extends Row>(entity: string) => this.#rows.rows<R>(entity)

  /** As a critical record is signed on a tablet: with the PIN once more, looked at by the tablet alone. */
  get #signed(): Seated {
    const { proof } = this.#who
    return proof ? { ...this.#who, proof: { ...proof, signature: { receipt: null } } } : this.#who
  }

  #does = <A extends z.ZodType>(mutator: Mutator<A>, args: z.input<A>, by = this.#who) =>
    this.#device.does(mutator, args, by)

  /** A few answers of the most pressing checklist that anybody means to do; at the pass mostly of the next. */
  async workOnChecklists(most: number, ignored: (list: Checklist) => boolean) {
    const open = openNow(this.#all<Checklist>('checklist'), undefined, Date.now()).filter((one) => !ignored(one))
    const [first, second] = this.#device.name === 'Pass' ? [open[1] ?? open[0], open[0]] : open
    const list = this.#draws.isLucky(0.8) ? first : second
    const form = list && this.#form(list)
    if (!list || !form) return
    for (let n = 0; n < most; n++) {
      const step = await this.#nextStep(list, form)
      if (!step) return this.#finish(list, form)
      await this.#answer(list, form, step)
    }
  }

  #form = (list: Checklist) => this.#rows.row<ChecklistForm>('checklist_form', list.formId)
  #answers = (list: Checklist) => this.#all<Answer>('checklist_answer').filter((one) => one.checklistId === list.id)
  #units = ({ locationId }: Checklist) =>
    this.#all<Unit>('unit').filter((unit) => unit.locationId === locationId && unit.retiredAt === null)
  #steps = (list: Checklist, form: ChecklistForm) => stepsOf(form.content, this.#answers(list), this.#units(list))

  async #nextStep(list: Checklist, form: ChecklistForm): Promise<Step | undefined> {
    const steps = this.#steps(list, form)
    const missing = steps.find(({ isMissing }) => isMissing)
    if (missing) return missing
    const thin = sectionsShown(form.content, steps).find(
      ({ id, repeat }) => repeat?.per === 'entry' && this.#entries(list, id) < Math.max(1, repeat.atLeast),
    )
    if (!thin) return undefined
    await this.#begin(list, form, thin)
    return this.#nextStep(list, form)
  }

  #entries = (list: Checklist, sectionId: string) =>
    this.#answers(list).filter(({ itemId, value }) => itemId === sectionId && value?.kind === 'entry').length

  #begin = (list: Checklist, form: ChecklistForm, { id, repeat }: Section) =>
    this.#does(lists.answer, {
      ...{ id: crypto.randomUUID(), checklistId: list.id, formId: form.id, itemId: id, entryId: crypto.randomUUID() },
      value: { kind: 'entry', label: repeat?.per === 'entry' ? `${repeat.noun} ${this.#entries(list, id) + 1}` : '' },
    })

  /** Right most of the time; what fails is noted, put right and answered again, or left to become a task. */
  async #answer(list: Checklist, form: ChecklistForm, { item, entry, answer }: Step) {
    const fails = answer?.outcome !== 'fail' && this.#draws.isLucky(FAILS) && item.onFail !== null
    const putRight = answer?.outcome === 'fail' && item.onFail?.leadsTo === 'recheck' && this.#draws.isLucky(0.6)
    const again = answer?.outcome === 'fail' && !putRight ? sayingMore(answer) : undefined
    const value = again ?? this.#value(list, item, entry?.id ?? null, fails, answer)
    await this.#does(lists.answer, {
      ...{
        id: crypto.randomUUID(),
        checklistId: list.id,
        formId: form.id,
        itemId: item.id,
        entryId: entry?.id ?? null,
      },
      value,
      note: fails || again ? 'Not as it should be' : '',
      becomesTask: fails && this.#draws.isLucky(0.4),
      photos:
        item.kind === 'photo' || (fails && item.onFail?.needsPhoto)
          ? [await this.#device.photograph(list.locationId)]
          : [],
    })
  }

  #value(list: Checklist, item: Item, entryId: string | null, fails: boolean, before: Answer | undefined): AnswerValue {
    switch (item.kind) {
      case 'pass_fail':
        return { kind: 'pass_fail', passes: !fails }
      case 'yes_no':
        return { kind: 'yes_no', yes: (item.failsOn === 'yes') === fails }
      case 'number':
        return { kind: 'number', text: String(fails ? (item.max ?? item.min ?? 0) * 2 + 1 : within(item)) }
      case 'temperature':
        return this.#temperature(list, item, entryId, fails)
      case 'choice': {
        const option = item.options.find((one) => one.fails === fails) ?? item.options[0]
        return { kind: 'choice', options: [option?.id ?? ''] }
      }
      case 'moment':
        return { kind: 'moment', text: item.asks === 'time' ? '14:30' : '2026-12-24' }
      case 'photo':
        return { kind: 'photo' }
      case 'signature':
        return { kind: 'signature', name: this.#who.name, path: 'M0 0L10 10' }
      case 'scan':
        return { kind: 'scan', text: item.expects ?? 'CODE' }
      case 'timer': {
        const begun = before?.value?.kind === 'timer' ? before.value.startedAt : new Date().toISOString()
        const isUp = before && Date.now() - Date.parse(begun) >= item.seconds * 1000
        return { kind: 'timer', startedAt: begun, endedAt: isUp ? new Date().toISOString() : null }
      }
      default:
        return { kind: 'text', text: 'All well' }
    }
  }

  #temperature(list: Checklist, item: Extract<Item, { kind: 'temperature' }>, entryId: string | null, fails: boolean) {
    const { subject } = item
    if (subject.kind === 'unit') {
      const units = this.#units(list)
      const unit = units.find(({ id }) => id === entryId) ?? this.#draws.oneOf(units)
      const cold = unit.kind.includes('freezer') ? -2 : 37
      const text = String(fails ? cold + 16 : cold + this.#draws.whole([-1, 1]))
      return { kind: 'temperature' as const, text, unit: 'F' as const, unitId: unit.id, logId: null }
    }
    const [place] = this.#all<Location>('location')
    const judged = (degrees: number) =>
      place ? judgeFood(subject, place, { milli: degrees * 1000, unit: 'F', text: String(degrees) } as never) : null
    const tried = [38, 155, 0, 170, 33, 68, 120, 210]
    const text = String(tried.find((degrees) => judged(degrees) === !fails) ?? 38)
    return { kind: 'temperature' as const, text, unit: 'F' as const, unitId: null, logId: null }
  }

  async #finish(list: Checklist, form: ChecklistForm) {
    if (!form.content.needsSignature)
      await this.#does(lists.complete, { checklistId: list.id, seen: this.#answers(list).map(({ id }) => id) })
    else await this.#does(lists.sign, { ...(await signingOf(form, list, this.#answers(list))), note: '' }, this.#signed)
  }

  /** A task that is to be done: its steps, then done. */
  async workOnTasks() {
    const open = this.#all<Task>('task').filter(
      ({ state, taskType }) => (state === 'todo' || state === 'in_progress') && taskType !== 'corrective',
    )
    const task = open.length > 0 ? this.#draws.oneOf(open) : undefined
    if (!task) return
    if (task.state === 'todo' && this.#draws.isLucky(0.5))
      await this.#does(tasks.change, { id: task.id, status: 'in_progress' })
    for (const { id: stepId, tickedAt } of task.steps)
      if (tickedAt === null) await this.#does(tasks.tick, { id: task.id, stepId, done: true })
    if (this.#draws.isLucky(0.15))
      await this.#does(tasks.comment, { id: crypto.randomUUID(), taskId: task.id, text: `Done by ${this.#who.name}` })
    await this.#does(tasks.change, { id: task.id, status: 'completed' })
  }

  /** What a deviation asks for, a step at a time, to the closure that is signed. */
  async workOnDeviations() {
    const [action] = this.#all<CorrectiveActionRecord>('corrective_action').filter(
      ({ state }) => state !== 'closed' && state !== 'verified',
    )
    if (!action) return
    const actionId = action.id
    if (action.state === 'opened') {
      const response = { cause: 'door_left_open', action: 'moved_product', disposition: 'kept_safe' } as const
      await this.#does(temperatures.respond, { actionId, response })
    } else if (action.state === 'responded') {
      const unit = this.#all<Unit>('unit').find(({ id }) => id === action.unitId)
      const value = unit?.kind.includes('freezer') ? '-4' : '36'
      await this.#does(temperatures.recheck, { id: crypto.randomUUID(), actionId, value, unit: 'F' })
    } else {
      await this.#does(temperatures.close, { actionId, note: '' }, this.#signed)
    }
  }

  async readUnit() {
    const unit = this.#draws.oneOf(this.#all<Unit>('unit'))
    const cold = unit.kind.includes('freezer') ? -2 : 37
    const value = String(cold + (this.#draws.isLucky(0.02) ? 14 : this.#draws.whole([-1, 1])))
    await this.#does(temperatures.record, { id: crypto.randomUUID(), unitId: unit.id, value, unit: 'F' })
  }

  /** The morning's list of a manager: for a person, for a role, for whoever is on. */
  async giveOutTasks(titles: readonly string[], crew: readonly Seated[], locationId: string) {
    for (const title of titles) {
      const to = this.#draws.oneOf([null, { role: 'org:member' }, { memberId: this.#draws.oneOf(crew).id }])
      await this.#does(tasks.create, {
        ...{ id: crypto.randomUUID(), locationId, title, assignee: to },
        dueAt: new Date(Date.now() + this.#draws.whole([1, 12]) * 60 * MINUTE).toISOString(),
        steps: this.#draws.isLucky(0.3) ? [{ id: crypto.randomUUID(), text: 'Label it' }] : [],
      })
    }
  }

  async noticeSomething(locationId: string, title: string) {
    await this.#does(tasks.create, { id: crypto.randomUUID(), locationId, title, priority: 'high' })
  }

  /** A manager reads what is done and signs it, or sends it back; closes what a deviation still owes. */
  async verify(most: number) {
    const done = this.#all<Checklist>('checklist').filter(
      (list) =>
        list.status === 'completed' && list.needsVerification && standingSignature(list)?.meaning !== 'verified',
    )
    for (const list of done.slice(0, most)) {
      const form = this.#form(list)
      if (!form) continue
      const meaning = this.#draws.isLucky(0.05) ? 'rejected' : 'verified'
      const note = meaning === 'rejected' ? 'Please look at it again' : ''
      await this.#does(lists.verify, { ...(await signingOf(form, list, this.#answers(list))), meaning, note })
    }
    for (const { id, state } of this.#all<CorrectiveActionRecord>('corrective_action'))
      if (state === 'closed') await this.#does(temperatures.verify, { actionId: id, note: '' })
  }
}

/** A note to what stands: never a second reading. */
const sayingMore = ({ id, value }: Answer): AnswerValue | undefined =>
  value?.kind === 'temperature' ? { ...value, logId: value.logId ?? id } : (value ?? undefined)

const within = ({ min, max }: { min: number | null; max: number | null }) =>
  min !== null && max !== null ? Math.round((min + max) / 2) : (min ?? max ?? 5)
