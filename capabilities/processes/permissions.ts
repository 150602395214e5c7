export const processesPermissions = {
  'processes.read': 'See food processes (cooling, reheating, holding, date marks) and probe thermometers.',
  'processes.run': 'Begin and finish food processes, take their temperatures, calibrate probes.',
  'processes.verify': 'Verify a food process that failed, as someone who took no part.',
  'processes.probes': 'Register probe thermometers and say how often they are calibrated.',
} as const

export type ProcessesPermission = keyof typeof processesPermissions
