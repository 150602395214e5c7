/**
 * Every table of the product and whose rows it holds. A table missing here fails the isolation tests.
 * tenant: fenced rows of one tenant · global: the same for everyone, read-only · system: closed to opsflow_app and
 * opsflow_relay; schema auth is open to opsflow_auth, which signs people in.
 */
export const manifest: Record<string, 'tenant' | 'global' | 'system'> = {
  'public.tenants': 'tenant',
  'public.organizations': 'tenant',
  'public.locations': 'tenant',
  'public.members': 'tenant',
  'public.role_grants': 'tenant',
  'public.api_keys': 'tenant',
  'public.devices': 'tenant',
  'public.operations': 'tenant',
  'public.scopes': 'tenant',
  'public.facts': 'tenant',
  'public.tasks': 'tenant',
  'public.units': 'tenant',
  'public.unit_policies': 'tenant',
  'public.sensors': 'tenant',
  'public.sensor_states': 'tenant',
  'public.unit_states': 'tenant',
  'public.temperature_logs': 'tenant',
  'public.temperature_hours': 'tenant',
  'public.excursions': 'tenant',
  'public.alarms': 'tenant',
  'public.corrective_actions': 'tenant',
  'public.corrective_action_steps': 'tenant',
  'public.imports': 'tenant',
  'public.import_errors': 'tenant',
  'public.demo_seeds': 'tenant',
  'auth.users': 'system',
  'auth.sessions': 'system',
  'auth.accounts': 'system',
  'auth.verifications': 'system',
  'sec.context_keys': 'system',
  'app.migrations': 'system',
}
