import type { Task } from '@opsflow/capabilities/tasks'
import { TASK } from '@opsflow/capabilities/tasks/client'
import type { Unit } from '@opsflow/capabilities/temperature'
import { useRow, useRows, useUnsentIds } from '@opsflow/platform/client/sync/use-replica'
import { useMemo } from 'react'
import type { Answer } from '../answer.ts'
import type { Checklist } from '../checklist.ts'
import type { ChecklistForm } from '../form.ts'
import { progressOf, stepsOf } from '../steps.ts'
import { ANSWER, CHECKLIST, FORM } from '../sync-entities.ts'
import { openNow } from './open-now.ts'

/** The entity of the units of equipment, as temperature names it. */
const UNIT = 'unit'

/** One checklist of the local copy, as it is to be worked through now. Undefined parts: not on this device. */
export function useChecklistHere(id: string) {
  const list = useRow<Checklist>(CHECKLIST, id)
  const form = useRow<ChecklistForm>(FORM, list?.formId ?? '')
  const answers = useAnswersHere(id)
  const units = useUnitsOf(list?.locationId)
  const steps = useMemo(() => (form ? stepsOf(form.content, answers, units) : []), [form, answers, units])
  const progress = useMemo(() => progressOf(steps), [steps])
  return { list, form, answers, units, steps, progress }
}

export function useAnswersHere(checklistId: string): readonly Answer[] {
  const all = useRows<Answer>(ANSWER)
  return useMemo(() => all.filter((answer) => answer.checklistId === checklistId), [all, checklistId])
}

function useUnitsOf(locationId: string | undefined): readonly Unit[] {
  const all = useRows<Unit>(UNIT)
  return useMemo(
    () =>
      all
        .filter((unit) => unit.locationId === locationId && unit.retiredAt === null)
        .sort((one, other) => one.position - other.position || one.name.localeCompare(other.name)),
    [all, locationId],
  )
}

/** The work that a failing answer became, if it did: it lies under the answer’s own id. */
export const useTaskOf = (answer: Answer | undefined): Task | undefined => useRow<Task>(TASK, answer?.taskId ?? '')

export const useUnsentAnswers = () => useUnsentIds(ANSWER)

/** The name of a unit that a section asked about: from the copy, or as `told` by the server. */
export function useUnitName(told: readonly { id: string; name: string }[] = none) {
  const units = useRows<Unit>(UNIT)
  return useMemo(() => {
    const names = new Map([...units, ...told].map(({ id, name }) => [id, name]))
    return (id: string) => names.get(id) ?? ''
  }, [units, told])
}
const none: readonly { id: string; name: string }[] = []

/** What is open at a place now and can be seen, the most pressing first. */
export function useOpenChecklists(locationId: string | undefined, now: number): readonly Checklist[] {
  const rows = useRows<Checklist>(CHECKLIST)
  return useMemo(() => openNow(rows, locationId, now), [rows, locationId, now])
}

/** The same, of those that ask about a unit: by its kind, or in a section for each unit. Without one: all. */
export function useOpenChecklistsAt(locationId: string, unitId: string | undefined, now: number) {
  const lists = useOpenChecklists(locationId, now)
  const forms = useRows<ChecklistForm>(FORM)
  const kind = useRow<Unit>(UNIT, unitId ?? '')?.kind
  return useMemo(() => {
    if (unitId === undefined) return lists
    const asking = new Set(forms.filter((form) => kind !== undefined && asksAbout(form, kind)).map(({ id }) => id))
    return lists.filter(({ formId }) => asking.has(formId))
  }, [lists, forms, kind, unitId])
}

const asksAbout = ({ content }: ChecklistForm, kind: Unit['kind']) =>
  content.sections.some(
    ({ repeat, items }) =>
      (repeat?.per === 'unit' && repeat.unitKinds.includes(kind)) ||
      items.some(
        (item) => item.kind === 'temperature' && item.subject.kind === 'unit' && item.subject.unitKinds.includes(kind),
      ),
  )

/** What is over at a place and still on this device, the latest first. */
export function useDoneChecklists(locationId: string): readonly Checklist[] {
  const rows = useRows<Checklist>(CHECKLIST)
  return useMemo(
    () =>
      rows
        .filter((list) => list.locationId === locationId && list.completedAt !== null)
        .sort((one, other) => at(other.completedAt) - at(one.completedAt)),
    [rows, locationId],
  )
}

const at = (instant: string | null) => (instant === null ? Number.MAX_SAFE_INTEGER : Date.parse(instant))
