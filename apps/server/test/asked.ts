/** What a checklist template asks. */
export const asked = {
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
          picture: { id: '01890a5d-ac96-774b-bcce-b302099a8052', sha256: 'a'.repeat(64) },
          options: [{ id: '01890a5d-ac96-774b-bcce-b302099a8053', label: 'Dirty', fails: true }],
          onFail: { fix: 'Clean it.', task: { title: 'Clean the line', role: null } },
          local: ['label'],
        },
      ],
    },
  ],
}
