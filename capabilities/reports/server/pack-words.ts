import type { ScoreStatus } from '@opsflow/capabilities/audits'
import type { Outcome, Presence } from '@opsflow/capabilities/checklists'
import type { Finding } from '@opsflow/capabilities/findings'
import type { Process } from '@opsflow/capabilities/processes'
import type { GapKind, PackLanguage } from '../pack.ts'

type Word = string
type Counted = (n: number) => string
type Words<Key extends string = string> = Readonly<Record<Key, string>>

/** The words of an inspector's pack. It is read by people without an account: its language is asked for. */
export type PackWords = Record<
  | 'title'
  | 'about'
  | 'address'
  | 'period'
  | 'made'
  | 'day'
  | 'none'
  | 'gaps'
  | 'noGaps'
  | 'audits'
  | 'audit'
  | 'result'
  | 'points'
  | 'by'
  | 'units'
  | 'unit'
  | 'daysRead'
  | 'readings'
  | 'within'
  | 'lowest'
  | 'highest'
  | 'excursions'
  | 'began'
  | 'ended'
  | 'stillOut'
  | 'peak'
  | 'alarm'
  | 'noAlarm'
  | 'deviations'
  | 'opened'
  | 'done'
  | 'state'
  | 'checklists'
  | 'checklist'
  | 'completed'
  | 'verified'
  | 'notYet'
  | 'unitDays'
  | 'findings'
  | 'finding'
  | 'due'
  | 'processes'
  | 'food'
  | 'aboutDegrees'
  | 'verify'
  | 'photos'
  | 'noPhoto'
  | 'drawn'
  | 'grade'
  | 'severity'
  | 'note'
  | 'timesFound'
  | 'kind'
  | 'batch',
  Word
> & {
  gap: Record<GapKind, Counted>
  scored: Words<ScoreStatus>
  presence: string
  presences: Words<Presence['verdict']>
  notShown: string
  byCode: (label: string) => string
  byPosition: (distance: number, accuracy: number) => string
  found: Counted
  sides: Words<'above' | 'below'>
  states: Words<'opened' | 'responded' | 'rechecked' | 'closed' | 'verified'>
  steps: Words<'opened' | 'acknowledged' | 'response' | 'recheck' | 'closure' | 'verification' | 'correction'>
  passed: (yes: boolean) => string
  causes: Words
  actions: Words
  dispositions: Words
  outcomes: Words<Outcome>
  severities: Words<Finding['severity']>
  /** How often in a row it was found. */
  inARow: Counted
  findingStates: Words<Finding['state']>
  findingSteps: Words<Finding['history'][number]['step']>
  kinds: Words<Process['kind']>
  results: Words<Process['result']>
  foods: Words<NonNullable<Process['disposition']>>
  processSteps: Words<Process['steps'][number]['step']>
  photoOf: Words<'found' | 'put_right' | 'deviation'>
  morePhotos: Counted
  times: (zone: string) => string
  page: (n: number, of: number) => string
}

const en = {
  title: 'Food-safety records',
  about:
    'Put together from the records as they stood at the time above. Nothing was left out or changed: corrections stand beside what they correct, and what is missing is listed first.',
  address: 'Address',
  period: 'Business days',
  made: 'Put together',
  day: 'Day',
  none: 'None in this time.',
  gaps: 'What is missing',
  noGaps:
    'Nothing: every checklist was done or has a reason, every deviation is closed and verified, every unit was read every day.',
  gap: {
    plan_missing: () => 'There is no HACCP plan for this location.',
    plan_unsigned: (n) => `${n} HACCP ${n === 1 ? 'plan was' : 'plans were'} never signed, so none is in force.`,
    plan_review_overdue: (n) => `${n} HACCP ${n === 1 ? 'plan is' : 'plans are'} past the day of review.`,
    points_not_monitored: (n) =>
      `${n} critical control ${n === 1 ? 'point was' : 'points were'} not monitored as planned.`,
    checklists_missed: (n) => `${n} ${n === 1 ? 'checklist was' : 'checklists were'} missed without a reason.`,
    verification_missing: (n) =>
      `${n} completed ${n === 1 ? 'checklist waits' : 'checklists wait'} for a second person.`,
    photos_missing: (n) => `${n} ${n === 1 ? 'photo has' : 'photos have'} not arrived.`,
    deviations_open: (n) => `${n} ${n === 1 ? 'deviation is' : 'deviations are'} still open.`,
    deviations_unverified: (n) =>
      `${n} closed ${n === 1 ? 'deviation was' : 'deviations were'} not verified by a second person.`,
    findings_overdue: (n) => `${n} ${n === 1 ? 'finding of an audit is' : 'findings of audits are'} overdue.`,
    findings_unverified: (n) =>
      `${n} ${n === 1 ? 'finding was' : 'findings were'} put right and not confirmed by a second person.`,
    processes_unverified: (n) => `${n} food ${n === 1 ? 'process waits' : 'processes wait'} for a second person.`,
    days_without_readings: (n) => `On ${n} ${n === 1 ? 'day' : 'days'} (added up over all units) a unit was not read.`,
  },
  audits: 'Audits and inspections',
  audit: 'Audit',
  result: 'Result',
  points: 'Score',
  by: 'By',
  scored: {
    pass: 'Passed',
    fail: 'Not passed',
    fail_critical: 'Failed: something critical',
    incomplete: 'Not complete',
    not_scored: 'Not scored',
    scored: 'Scored',
  },
  presence: 'Auditor at the place',
  presences: {
    here: 'At the place',
    elsewhere: 'NOT at the place',
    too_inexact: 'Too inexact to tell',
    code_unknown: 'No code of this place',
    code_revoked: 'A code that had been taken down',
    changed_meanwhile: 'Changed meanwhile, cannot be told',
    unchecked: 'Not checked yet',
  },
  notShown: 'Not shown',
  byCode: (label) => `QR code “${label}”`,
  byPosition: (distance, accuracy) => `${distance} m away, exact to ${accuracy} m`,
  found: (n) => `${n} found`,
  findings: 'What audits found',
  finding: 'Finding',
  due: 'Due',
  severities: { critical: 'Critical', major: 'Major', minor: 'Minor' },
  inARow: (n) => `found ${n} times in a row`,
  findingStates: {
    open: 'To be put right',
    fixed: 'To be confirmed',
    verified: 'Confirmed',
    repeated: 'Found again',
    withdrawn: 'Withdrawn',
  },
  findingSteps: {
    opened: 'Found',
    fixed: 'Put right',
    sent_back: 'Sent back',
    verified: 'Confirmed',
    repeated: 'Found again',
    resolved: 'In order at the next visit',
    withdrawn: 'Withdrawn',
  },
  processes: 'Food processes',
  food: 'Food',
  kinds: {
    cooling: 'Cooling',
    reheating: 'Reheating',
    hot_holding: 'Hot holding',
    cooking: 'Cooking',
    time_control: 'Time instead of temperature',
    thawing: 'Thawing',
    date_mark: 'Date label',
  },
  results: { running: 'Running', passed: 'Passed', failed: 'Failed', stopped: 'Stopped' },
  foods: {
    stored: 'Put away cold',
    served: 'Served',
    held_hot: 'Onto the hot line',
    cooked: 'Cooked',
    cooled: 'Put to cool',
    reheated: 'Reheated',
    used: 'Used up',
    discarded: 'Discarded',
  },
  processSteps: {
    reading: 'Read',
    reheat: 'Read after reheating',
    correction: 'Corrected',
    froze: 'Into the freezer',
    thawed: 'Out of the freezer',
    returned: 'Put back under temperature control',
    finish: 'Finished',
    verification: 'Verified',
  },
  units: 'Temperatures by unit',
  unit: 'Unit',
  daysRead: 'Days read',
  readings: 'Readings',
  within: 'Within limits',
  lowest: 'Lowest',
  highest: 'Highest',
  excursions: 'Outside the limits',
  began: 'Began',
  ended: 'Ended',
  stillOut: 'not over',
  peak: 'Furthest',
  sides: { above: 'too warm', below: 'too cold' },
  alarm: 'Alarm',
  noAlarm: 'none: within its grace',
  deviations: 'Deviations and corrective actions',
  opened: 'Opened',
  done: 'What was done, by whom',
  state: 'State',
  states: {
    opened: 'OPEN',
    responded: 'OPEN, answered',
    rechecked: 'OPEN, checked again',
    closed: 'Closed',
    verified: 'Verified',
  },
  steps: {
    opened: 'Opened',
    acknowledged: 'Seen',
    response: 'Done',
    recheck: 'Checked again',
    closure: 'Closed',
    verification: 'Verified',
    correction: 'Corrected',
  },
  passed: (yes) => (yes ? 'within the limit' : 'NOT within the limit'),
  causes: {
    door_left_open: 'Door left open',
    defrost: 'Defrost',
    equipment_failure: 'Equipment failure',
    overloaded: 'Overloaded',
    power_cut: 'Power cut',
    delivery_warm: 'Delivery was warm',
    food_put_away_warm: 'Food put away warm',
    setpoint_changed: 'Setpoint changed',
    left_out: 'Left out',
    undercooked: 'Undercooked',
    cleaning: 'Cleaning',
    probe_error: 'Probe error',
    other: 'Other',
  },
  actions: {
    closed_door: 'Closed the door',
    moved_product: 'Moved the food',
    adjusted_setpoint: 'Adjusted the setpoint',
    called_service: 'Called service',
    reheated: 'Reheated',
    rapid_cooled: 'Cooled rapidly',
    cooked_longer: 'Cooked longer',
    discarded: 'Discarded',
    rejected_delivery: 'Rejected the delivery',
    cleared_airflow: 'Cleared the airflow',
    restored_power: 'Restored power',
    recalibrated_probe: 'Recalibrated the probe',
    replaced_probe: 'Replaced the probe',
    other: 'Other',
  },
  dispositions: {
    kept_safe: 'Kept, it is safe',
    moved: 'Moved elsewhere',
    discarded: 'Discarded',
    held_for_review: 'Held for review',
    returned: 'Returned to supplier',
  },
  checklists: 'Checklists',
  checklist: 'Checklist',
  completed: 'Completed',
  verified: 'Verified',
  notYet: 'NOT YET',
  outcomes: {
    on_time: 'On time',
    done_late: 'Done late',
    empty: 'Nothing to record',
    missed: 'MISSED',
    excused: 'Missed, with a reason',
    late: 'Late',
    open: 'Not due yet',
  },
  unitDays: 'Temperatures by unit and day',
  aboutDegrees:
    'Lowest and highest of all readings of a business day, shown in the location’s unit to a tenth of a degree.',
  verify: 'Scan to verify this paper',
  photos: 'Photos',
  noPhoto: 'not here',
  drawn: 'drawn on',
  grade: 'Grade',
  severity: 'Severity',
  note: 'Note',
  timesFound: 'Times in a row',
  kind: 'Process',
  batch: 'Batch',
  photoOf: { found: 'found', put_right: 'put right', deviation: 'deviation' },
  morePhotos: (n) => `${n} more ${n === 1 ? 'photo stands' : 'photos stand'} in the records of audits and deviations.`,
  times: (zone) => `All times are local times of the location (${zone}).`,
  page: (n, of) => `Page ${n} of ${of}`,
} satisfies PackWords

const es = {
  title: 'Registros de seguridad alimentaria',
  about:
    'Reunidos a partir de los registros tal como estaban en el momento indicado. Nada se ha omitido ni cambiado: las correcciones están junto a lo que corrigen, y lo que falta va primero.',
  address: 'Dirección',
  period: 'Días de trabajo',
  made: 'Reunidos',
  day: 'Día',
  none: 'Ninguno en este tiempo.',
  gaps: 'Lo que falta',
  noGaps:
    'Nada: cada lista se hizo o tiene un motivo, cada desviación está cerrada y verificada, cada equipo se leyó cada día.',
  gap: {
    plan_missing: () => 'No hay plan HACCP para este local.',
    plan_unsigned: (n) =>
      n === 1
        ? '1 plan HACCP nunca se firmó: ninguno está en vigor.'
        : `${n} planes HACCP nunca se firmaron: ninguno está en vigor.`,
    plan_review_overdue: (n) =>
      n === 1 ? '1 plan HACCP pasó su fecha de revisión.' : `${n} planes HACCP pasaron su fecha de revisión.`,
    points_not_monitored: (n) =>
      n === 1
        ? '1 punto crítico de control no se vigiló como estaba previsto.'
        : `${n} puntos críticos de control no se vigilaron como estaba previsto.`,
    checklists_missed: (n) =>
      n === 1 ? '1 lista quedó sin hacer y sin motivo.' : `${n} listas quedaron sin hacer y sin motivo.`,
    verification_missing: (n) =>
      n === 1
        ? '1 lista completada espera a una segunda persona.'
        : `${n} listas completadas esperan a una segunda persona.`,
    photos_missing: (n) => (n === 1 ? '1 foto no ha llegado.' : `${n} fotos no han llegado.`),
    deviations_open: (n) => (n === 1 ? '1 desviación sigue abierta.' : `${n} desviaciones siguen abiertas.`),
    deviations_unverified: (n) =>
      n === 1
        ? '1 desviación cerrada no fue verificada por una segunda persona.'
        : `${n} desviaciones cerradas no fueron verificadas por una segunda persona.`,
    findings_overdue: (n) =>
      n === 1
        ? '1 hallazgo de una auditoría está fuera de plazo.'
        : `${n} hallazgos de auditorías están fuera de plazo.`,
    findings_unverified: (n) =>
      n === 1
        ? '1 hallazgo corregido no fue confirmado por una segunda persona.'
        : `${n} hallazgos corregidos no fueron confirmados por una segunda persona.`,
    processes_unverified: (n) =>
      n === 1
        ? '1 proceso de alimentos espera a una segunda persona.'
        : `${n} procesos de alimentos esperan a una segunda persona.`,
    days_without_readings: (n) =>
      n === 1
        ? 'Un día (sumando todos los equipos) un equipo no se leyó.'
        : `En ${n} días (sumando todos los equipos) un equipo no se leyó.`,
  },
  audits: 'Auditorías e inspecciones',
  audit: 'Auditoría',
  result: 'Resultado',
  points: 'Puntuación',
  by: 'Por',
  scored: {
    pass: 'Superada',
    fail: 'No superada',
    fail_critical: 'No superada: algo crítico',
    incomplete: 'Incompleta',
    not_scored: 'Sin puntuar',
    scored: 'Puntuada',
  },
  presence: 'Auditor en el local',
  presences: {
    here: 'En el local',
    elsewhere: 'FUERA del local',
    too_inexact: 'Demasiado inexacto para decirlo',
    code_unknown: 'No es un código de este local',
    code_revoked: 'Un código que se había retirado',
    changed_meanwhile: 'Cambió entretanto, no se puede decir',
    unchecked: 'Aún sin comprobar',
  },
  notShown: 'No mostrada',
  byCode: (label) => `código QR «${label}»`,
  byPosition: (distance, accuracy) => `a ${distance} m, con exactitud de ${accuracy} m`,
  found: (n) => (n === 1 ? '1 hallazgo' : `${n} hallazgos`),
  findings: 'Lo que encontraron las auditorías',
  finding: 'Hallazgo',
  due: 'Plazo',
  severities: { critical: 'Crítico', major: 'Mayor', minor: 'Menor' },
  inARow: (n) => `encontrado ${n} veces seguidas`,
  findingStates: {
    open: 'Por corregir',
    fixed: 'Por confirmar',
    verified: 'Confirmado',
    repeated: 'Hallado otra vez',
    withdrawn: 'Retirado',
  },
  findingSteps: {
    opened: 'Encontrado',
    fixed: 'Corregido',
    sent_back: 'Devuelto',
    verified: 'Confirmado',
    repeated: 'Encontrado otra vez',
    resolved: 'En orden en la visita siguiente',
    withdrawn: 'Retirado',
  },
  processes: 'Procesos de alimentos',
  food: 'Alimento',
  kinds: {
    cooling: 'Enfriamiento',
    reheating: 'Recalentamiento',
    hot_holding: 'Mantenimiento en caliente',
    cooking: 'Cocción',
    time_control: 'Tiempo en lugar de temperatura',
    thawing: 'Descongelación',
    date_mark: 'Etiqueta de fecha',
  },
  results: { running: 'En curso', passed: 'Conforme', failed: 'Fallido', stopped: 'Detenido' },
  foods: {
    stored: 'Guardado frío',
    served: 'Servido',
    held_hot: 'A la línea caliente',
    cooked: 'Cocinado',
    cooled: 'Puesto a enfriar',
    reheated: 'Recalentado',
    used: 'Usado',
    discarded: 'Desechado',
  },
  processSteps: {
    reading: 'Leído',
    reheat: 'Leído tras recalentar',
    correction: 'Corregido',
    froze: 'Al congelador',
    thawed: 'Fuera del congelador',
    returned: 'Devuelto al control de temperatura',
    finish: 'Terminado',
    verification: 'Verificado',
  },
  units: 'Temperaturas por equipo',
  unit: 'Equipo',
  daysRead: 'Días leídos',
  readings: 'Lecturas',
  within: 'En límites',
  lowest: 'Mínima',
  highest: 'Máxima',
  excursions: 'Fuera de los límites',
  began: 'Empezó',
  ended: 'Terminó',
  stillOut: 'no terminó',
  peak: 'Extremo',
  sides: { above: 'demasiado caliente', below: 'demasiado frío' },
  alarm: 'Alarma',
  noAlarm: 'ninguna: dentro de su margen',
  deviations: 'Desviaciones y acciones correctivas',
  opened: 'Abierta',
  done: 'Qué se hizo, y quién',
  state: 'Estado',
  states: {
    opened: 'ABIERTA',
    responded: 'ABIERTA, respondida',
    rechecked: 'ABIERTA, medida otra vez',
    closed: 'Cerrada',
    verified: 'Verificada',
  },
  steps: {
    opened: 'Abierta',
    acknowledged: 'Vista',
    response: 'Hecho',
    recheck: 'Medida otra vez',
    closure: 'Cerrada',
    verification: 'Verificada',
    correction: 'Corregida',
  },
  passed: (yes) => (yes ? 'dentro del límite' : 'FUERA del límite'),
  causes: {
    door_left_open: 'Puerta abierta',
    defrost: 'Descongelación',
    equipment_failure: 'Avería del equipo',
    overloaded: 'Sobrecargado',
    power_cut: 'Corte de luz',
    delivery_warm: 'Entrega caliente',
    food_put_away_warm: 'Alimentos guardados calientes',
    setpoint_changed: 'Cambio de consigna',
    left_out: 'Dejado fuera',
    undercooked: 'Poco cocinado',
    cleaning: 'Limpieza',
    probe_error: 'Error de la sonda',
    other: 'Otro',
  },
  actions: {
    closed_door: 'Cerré la puerta',
    moved_product: 'Moví los alimentos',
    adjusted_setpoint: 'Ajusté la consigna',
    called_service: 'Llamé al servicio técnico',
    reheated: 'Recalenté',
    rapid_cooled: 'Enfrié rápido',
    cooked_longer: 'Cociné más tiempo',
    discarded: 'Deseché',
    rejected_delivery: 'Rechacé la entrega',
    cleared_airflow: 'Despejé el aire',
    restored_power: 'Restablecí la corriente',
    recalibrated_probe: 'Recalibré la sonda',
    replaced_probe: 'Cambié la sonda',
    other: 'Otro',
  },
  dispositions: {
    kept_safe: 'Se conservan, son seguros',
    moved: 'Trasladados',
    discarded: 'Desechados',
    held_for_review: 'Retenidos para revisión',
    returned: 'Devueltos al proveedor',
  },
  checklists: 'Listas',
  checklist: 'Lista',
  completed: 'Completada',
  verified: 'Verificada',
  notYet: 'AÚN NO',
  outcomes: {
    on_time: 'A tiempo',
    done_late: 'Hecha tarde',
    empty: 'Nada que registrar',
    missed: 'SIN HACER',
    excused: 'Sin hacer, con motivo',
    late: 'Tarde',
    open: 'Aún no toca',
  },
  unitDays: 'Temperaturas por equipo y día',
  aboutDegrees:
    'Mínima y máxima de todas las lecturas de un día de trabajo, en la unidad del local, con una décima de grado.',
  verify: 'Escanee para verificar esta hoja',
  photos: 'Fotos',
  noPhoto: 'no disponible',
  drawn: 'con dibujo',
  grade: 'Grado',
  severity: 'Gravedad',
  note: 'Nota',
  timesFound: 'Veces seguidas',
  kind: 'Proceso',
  batch: 'Lote',
  photoOf: { found: 'hallazgo', put_right: 'corregido', deviation: 'desviación' },
  morePhotos: (n) =>
    `${n} ${n === 1 ? 'foto más está' : 'fotos más están'} en los registros de auditorías y desviaciones.`,
  times: (zone) => `Todas las horas son horas locales (${zone}).`,
  page: (n, of) => `Página ${n} de ${of}`,
} satisfies PackWords

export const packWords: Record<PackLanguage, PackWords> = { en, es }
