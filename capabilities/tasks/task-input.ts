import { Photos } from '@opsflow/capabilities/evidence'
import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { Priority, RoleKey, TaskType } from './task.ts'

export const MOST_STEPS = 50

/** A person, a role at the location, or (null) whoever is on. The name is what the device knew; the server looks it up. */
const Name = z.string().max(200).optional()
export const Assignee = z
  .union([z.strictObject({ memberId: z.uuid(), name: Name }), z.strictObject({ role: RoleKey, name: Name })])
  .nullable()
export type Assignee = z.infer<typeof Assignee>

const StepInput = z.strictObject({ id: z.uuid(), text: z.string().trim().min(1).max(300) })
export type StepInput = z.infer<typeof StepInput>
const Steps = z
  .array(StepInput)
  .max(MOST_STEPS)
  .refine((steps) => new Set(steps.map(({ id }) => id)).size === steps.length, { message: 'Name each step once.' })

/** Nobody types a task over by hand into a corrective one: those come with their corrective action. */
const TypeByHand = TaskType.exclude(['corrective'])

const fields = {
  title: z.string().trim().min(1).max(300),
  description: z.string().trim().max(4000),
  taskType: TypeByHand,
  priority: Priority,
  assignee: Assignee,
  unitId: z.uuid().nullable(),
  dueAt: Instant.nullable(),
  estimateMinutes: z.int().min(1).max(10_080).nullable(),
  steps: Steps,
}

/** A task made by hand: a title is enough. */
export const TaskInput = z.strictObject({
  locationId: z.uuid(),
  title: fields.title,
  description: fields.description.default(''),
  taskType: TypeByHand.default('other'),
  priority: Priority.default('medium'),
  assignee: Assignee.default(null),
  unitId: fields.unitId.default(null),
  dueAt: fields.dueAt.default(null),
  estimateMinutes: fields.estimateMinutes.default(null),
  steps: Steps.default([]),
  photos: Photos.optional(),
})
export type TaskInput = z.output<typeof TaskInput>

export const PatchFields = z.strictObject(fields).partial()
/** Fields to change; what is not named stays as it is. */
export const TaskPatch = PatchFields.refine((patch) => Object.values(patch).some((value) => value !== undefined), {
  message: 'Name at least one field to change.',
})
export type TaskPatch = z.output<typeof TaskPatch>
export type TaskField = keyof TaskPatch
export const TASK_FIELDS = Object.keys(fields) as TaskField[]

export const CommentText = z.string().trim().min(1).max(4000)
