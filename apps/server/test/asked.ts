type Picture = { id: string; sha256: string }

/** What a checklist template asks. */
export const askedWith = (picture: Picture) => ({
  scoring: { scheme: 'weighted', auditType: 'internal', passPercent: 80 },
  sections: [
    {
      id: '01890a5d-ac96-774b-bcce-b302099a8050',
      title: 'Line',
      repeat: { per: 'entry', noun: 'station', atLeast: 1, atMost: 9 },
      items: [
        {
          kind: 'choice',
          id: '01890a5d-ac96-774b-bcce-b302099a8051',
          label: 'How is it?',
          picture,
          options: [{ id: '01890a5d-ac96-774b-bcce-b302099a8053', label: 'Dirty', fails: true, points: 3 }],
          onFail: { fix: 'Clean it.', task: { title: 'Clean the line', role: null } },
          scored: { counts: 'bonus', as: 'phh' },
          local: ['label'],
        },
      ],
    },
  ],
})

/** An audit that nothing has to be answered of. */
export const audited = {
  scoring: { scheme: 'la_county' },
  sections: [
    {
      id: '01890a5d-ac96-774b-bcce-b302099a8060',
      title: 'Kitchen',
      items: [
        {
          ...{ kind: 'pass_fail', id: '01890a5d-ac96-774b-bcce-b302099a8061', label: 'No vermin?', required: false },
          scored: { as: 'vermin' },
        },
      ],
    },
  ],
}

/** When and where it is to be done: every field there is. */
export const scheduled = (templateId: string, locationId: string, groupId: string) => ({
  templateId,
  name: 'Every opening',
  role: 'org:member',
  timing: {
    recurrence: { every: 'month', interval: 1, days: [1], nth: [{ nth: 2, weekday: 2 }] },
    slots: [
      { by: 'clock', at: '06:00' },
      { by: 'opening', minutes: -30 },
    ],
    ...{
      visibleMinutesBefore: 60,
      lateMinutesAfter: 15,
      missedMinutesAfter: 240,
      from: '2099-01-01',
      to: '2099-12-31',
    },
    ...{ seasons: [{ from: '11-01', to: '03-31' }], except: ['2099-12-25'], onClosedDays: 'keep' },
  },
  target: {
    groups: [groupId],
    locations: [locationId],
    kinds: ['cafe'],
    attributes: [{ key: 'drive_thru', values: ['yes'] }],
  },
})

/** Who is told, with everything a rule can say. */
export const alertRule = {
  isOn: true,
  steps: [
    { afterMinutes: 0, to: ['assignee', 'on'], ways: ['push'] },
    { afterMinutes: 15, to: ['managers', 'district', 'admins'], ways: ['email'] },
  ],
  repeatMinutes: 30,
  repeats: 2,
  holdMinutes: 60,
  quiet: { from: '22:00', to: '06:00' },
  breaksQuiet: false,
}
