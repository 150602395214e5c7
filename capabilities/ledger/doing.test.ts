import { expect, test } from 'vitest'
import { readDoing } from './doing.ts'
import { readActor } from './history.ts'

test('a route is a route, a command tells the device’s time and how sure it is', () => {
  expect(readDoing(null)).toEqual({ way: 'unknown' })
  expect(readDoing('POST /tasks/{id}/start')).toEqual({ way: 'route', route: 'POST /tasks/{id}/start' })
  expect(
    readDoing('tasks.complete 01890a5d-ac96-774b-bcce-b302099a8041 at 2026-11-28T01:02:03.000Z (corrected)'),
  ).toEqual({ way: 'command', command: 'tasks.complete', deviceAt: '2026-11-28T01:02:03.000Z', quality: 'corrected' })
})

test('who is told from the tablet they were at', () => {
  expect(readActor('member:a/kiosk:b')).toEqual({ kind: 'member', id: 'a', tabletId: 'b' })
  expect(readActor('system:seal')).toEqual({ kind: 'system', id: 'seal', tabletId: null })
  expect(readActor('database:postgres')).toEqual({ kind: 'database', id: 'postgres', tabletId: null })
})
