// The kitchen's words for a deviation, in the order a form shows them. Apart from their schemas: a page needs no zod.

export const CAUSES = [
  'door_left_open',
  'defrost',
  'equipment_failure',
  'overloaded',
  'power_cut',
  'delivery_warm',
  'food_put_away_warm',
  'setpoint_changed',
  'left_out',
  'undercooked',
  'cleaning',
  'probe_error',
  'other',
] as const

export const ACTIONS = [
  'closed_door',
  'moved_product',
  'adjusted_setpoint',
  'called_service',
  'reheated',
  'rapid_cooled',
  'cooked_longer',
  'discarded',
  'rejected_delivery',
  'cleared_airflow',
  'restored_power',
  'recalibrated_probe',
  'replaced_probe',
  'other',
] as const

export const DISPOSITIONS = ['kept_safe', 'moved', 'discarded', 'held_for_review', 'returned'] as const
