import { expect, test } from 'vitest'
import { ArchivedCluster } from './restored-cluster.for-tests.ts'
import { type Step, trialPeople, World } from './trial.for-tests.ts'
import { openTrialServer } from './trial-server.for-tests.ts'

const write = (device: number): Step => ({ do: 'record', device, kind: 'write', which: 0 })
const add = (device: number): Step => ({ do: 'record', device, kind: 'add', which: 1 })
const finish = (device: number, which: number): Step => ({ do: 'record', device, kind: 'finish', which })
const sync = (device: number): Step => ({ do: 'sync', device, fault: 'none' })

test('a server that is really recovered to a moment gets back what devices had already been told was done, each once', async () => {
  const cluster = await ArchivedCluster.open()
  const server = await openTrialServer(cluster.test)
  const world = await World.begin({ server, people: await trialPeople(server) })
  const lives = () => server.rows<{ epoch: string; cluster: string }>('select epoch, cluster from app.sync_epoch')
  const done = async () => (await server.rows<{ n: number }>('select count(*)::int as n from sync_mutations'))[0]?.n
  const take = async (...steps: Step[]) => {
    for (const step of steps) await world.take(step)
  }
  try {
    await take(write(0), add(0), sync(0), write(1), sync(1))
    await cluster.backUp()
    // After the backup, before the moment: it comes out of the archive.
    await take(write(0), add(1), sync(0), sync(1))
    await cluster.mark('before the mistake')
    // After the moment: the server has said that it was done, and will know nothing of it.
    await take(write(0), add(0), finish(0, 0), sync(0), add(1), finish(1, 0), finish(1, 1), write(1), sync(1))
    // And what no server has heard of yet.
    await take(add(0), write(1))
    expect(await done()).toBe(12)
    const [before] = await lives()

    await cluster.recoverTo('before the mistake')
    expect(await done()).toBe(5)
    expect((await lives())[0]).toEqual(before)

    await world.heal()
    await world.compare()
    expect(await done()).toBe(14)
    const [after] = await lives()
    expect(after?.epoch).not.toBe(before?.epoch)
    const timeline = (text = '') => text.split('/')[1]
    expect([timeline(before?.cluster), timeline(after?.cluster)]).toEqual(['00000001', '00000002'])
  } finally {
    await world.end()
    await server.close()
    await cluster.close()
  }
}, 120_000)
