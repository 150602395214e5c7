import type { Actor, Reach } from '@opsflow/platform/actor'

/**
 * May a manager give this person a PIN? Whoever gives one could use it before it is changed, so only for people who
 * hold nothing, anywhere, that the giver does not hold there too; and the giver manages tablets wherever they work.
 */
export const mayGivePin = (giver: Pick<Actor, 'permissions'>, person: Pick<Actor, 'permissions'>): boolean =>
  [...person.permissions].every(
    ([permission, reach]) =>
      covers(giver.permissions.get(permission), reach) && covers(giver.permissions.get('kiosks.manage'), reach),
  )

function covers(own: Reach | undefined, wanted: Reach): boolean {
  if (own === undefined || own === 'all') return own === 'all'
  return wanted !== 'all' && [...wanted].every((locationId) => own.has(locationId))
}
