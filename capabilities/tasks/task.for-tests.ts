import type { Task } from './task.ts'
import { statusAt } from './task-status.ts'

/** A task nobody has touched, with whatever a test is about. */
export function taskForTests(over: Partial<Task> & Pick<Task, 'id' | 'locationId'>, now = Date.now()): Task {
  const task: Task = {
    said: null,
    title: 'Clean the ice machine',
    description: '',
    taskType: 'cleaning',
    priority: 'medium',
    status: 'todo',
    state: 'todo',
    assignedTo: null,
    assignedRole: null,
    cause: { kind: 'test', id: over.id },
    unit: null,
    dueAt: null,
    missedAt: null,
    excuse: null,
    estimateMinutes: null,
    steps: [],
    commentCount: 0,
    watchers: [],
    createdAt: '2026-01-01T00:00:00Z',
    createdBy: null,
    startedAt: null,
    completedAt: null,
    completedBy: null,
    changedAt: null,
    changedBy: null,
    receivedAt: null,
    timeQuality: null,
    kiosk: null,
    ...over,
  }
  return { ...task, status: statusAt(task, now) }
}
