/** The kinds of rows that devices hold of this capability, as the feed names them. */
export const entities = {
  unit: 'unit',
  alarm: 'alarm',
  correctiveAction: 'corrective_action',
  log: 'temperature_log',
} as const
