/** What a device sends, as the examples of the offline routes have it. */
const device = {
  at: '2026-11-27T10:00:00.000Z',
  zone: 'America/Chicago',
  offsetMinutes: -360,
  session: '01890a5d-ac96-774b-bcce-b302099a8059',
  monotonicMs: 1000,
  anchor: { serverAt: '2026-11-27T09:59:00.000Z', deviceAt: '2026-11-27T09:59:00.000Z', monotonicMs: 500 },
  offsetMs: 0,
  heardAt: '2026-11-27T09:59:00.000Z',
}
export const clientId = '01890a5d-ac96-774b-bcce-b302099a8060'
export const cursor = { epoch: null, rights: null, scopes: {}, filling: {} }
export const sentWork = {
  clientId,
  sent: device,
  mutations: [
    {
      mid: 1,
      uid: '01890a5d-ac96-774b-bcce-b302099a8061',
      name: 'tasks.change',
      version: 1,
      args: {},
      device,
      by: null,
      proof: { seat: null, pinSetAt: null, signature: { receipt: null } },
    },
  ],
}
