const id = (n: number) => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`
const said = (yes: boolean) => ({ yes, because: 'As it is done here.' })

/** A small HACCP plan with every field there is, and nothing missing; with a schedule it is tied to that too. */
export const plannedWith = (unitId: string, scheduleId?: string) => ({
  scope: 'All food that is served here.',
  team: [{ id: id(1), name: 'Rosa', duty: 'Leads', knowledge: 'Certificate', leads: true }],
  products: [
    {
      ...{ id: id(2), name: 'Soup', description: 'Cooked and held hot', allergens: 'Milk', storage: 'Hot' },
      ...{ shelfLife: 'A day', use: 'Eaten here', consumers: 'vulnerable' },
    },
  ],
  steps: [
    { id: id(3), name: 'Cooking', kind: 'cooking', note: 'In pots', noHazard: 'None that is new' },
    { id: id(4), name: 'Hot holding', kind: 'hot_holding', note: '', noHazard: '' },
  ],
  arrows: [{ from: id(3), to: id(4) }],
  confirmation: { by: 'Rosa', on: '2026-01-31' },
  threshold: 8,
  hazards: [
    {
      ...{
        id: id(5),
        stepId: id(4),
        kind: 'biological',
        what: 'Growth',
        cause: 'Lukewarm',
        likelihood: 3,
        severity: 4,
      },
      ...{ measures: 'Kept hot', laterStepId: null },
      answers: {
        ...{ prerequisites: said(false), attention: said(true), measures: said(true) },
        ...{ later: said(false), specific: said(true) },
      },
    },
  ],
  controls: [
    {
      ...{
        id: id(6),
        stepId: id(4),
        hazardIds: [id(5)],
        what: 'The well',
        how: 'By sensor',
        when: 'Hourly',
        who: 'Rosa',
      },
      limits: [
        { kind: 'rule', id: id(7), ruleId: 'us.hot_hold' },
        { kind: 'own', id: id(8), what: 'Steam is seen', validation: 'Measured for a week in January' },
      ],
      ties: [
        { kind: 'unit', id: id(9), unitId, everyMinutes: 60, during: 'open' },
        { kind: 'process', id: id(10), process: 'hot_holding', perDay: 1 },
        ...(scheduleId === undefined ? [] : [{ kind: 'schedule', id: id(11), scheduleId, itemIds: [id(12)] }]),
      ],
      ...{ correctsProcess: 'Turn it up', correctsProduct: 'Throw it away' },
    },
  ],
  verifications: [{ id: id(13), what: 'Calibrate the probe', every: 'Each week', who: 'Rosa' }],
  records: [{ id: id(14), what: 'Temperatures', where: 'Here', months: 24 }],
  reviewMonths: 12,
})
