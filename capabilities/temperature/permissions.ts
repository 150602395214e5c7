/** What people, keys and devices may be allowed to do with temperatures, and what each permission means. */
export const temperaturePermissions = {
  'temperature.read': 'See units, readings, excursions, alarms and corrective actions.',
  'temperature.record': 'Record a temperature by hand, or correct one with a reason.',
  'temperature.configure': 'Set up units, sensors, limits and alarm policies.',
  'temperature.acknowledge': 'Acknowledge an alarm: say that one is looking after it.',
  'temperature.correct': 'Respond to a deviation: cause, action, disposition, re-check, closure.',
  'temperature.verify': "Verify another person's corrective action.",
  'temperature.ingest': 'Send readings of sensors (gateways and probes).',
  'temperature.import': 'Import readings from a file.',
} as const

export type TemperaturePermission = keyof typeof temperaturePermissions
