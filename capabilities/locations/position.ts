/** A point on the earth, in degrees (WGS 84). */
export type Position = { latitude: number; longitude: number }

/** How far around its position someone still is at a place. */
export const USUAL_RADIUS_METRES = 150

/** What is kept of a measured position: how far from the place, and how exact, in metres. Never where. */
export type Measured = { distanceMetres: number; accuracyMetres: number }

const EARTH_METRES = 6_371_008.8 // mean radius (IUGG)
/** Half the way around the earth, rounded up: no place is farther. */
export const FARTHEST_METRES = 20_020_000
/** A device that knows less than this knows nothing. */
export const LEAST_EXACT_METRES = 1_000_000

/** Along the surface (haversine). A sphere is wrong by half a percent at most: less than a metre within any radius. */
export function metresBetween(one: Position, other: Position): number {
  const [lat1, lat2] = [radians(one.latitude), radians(other.latitude)]
  const half = (angle: number) => Math.sin(angle / 2) ** 2
  const across = half(lat2 - lat1) + Math.cos(lat1) * Math.cos(lat2) * half(radians(other.longitude - one.longitude))
  return 2 * EARTH_METRES * Math.asin(Math.sqrt(Math.min(across, 1)))
}

const radians = (degrees: number) => (degrees * Math.PI) / 180

const STEP_METRES = 5

/** Rounded to five metres, accuracy upwards: so little is told that nobody can be followed by it. */
export function measured(here: Position & { accuracy: number }, place: Position): Measured {
  return {
    distanceMetres: Math.round(metresBetween(here, place) / STEP_METRES) * STEP_METRES,
    accuracyMetres: Math.min(Math.max(Math.ceil(here.accuracy / STEP_METRES), 1) * STEP_METRES, LEAST_EXACT_METRES),
  }
}

/**
 * inside: at the place, by a device at least as exact as its radius · outside: beyond it even if the device is wrong by
 * all its accuracy · too_inexact: it may be either.
 */
export type Whereabouts = 'inside' | 'outside' | 'too_inexact'

export function whereabouts({ distanceMetres, accuracyMetres }: Measured, radiusMetres: number): Whereabouts {
  if (accuracyMetres > radiusMetres) return 'too_inexact'
  if (distanceMetres <= radiusMetres) return 'inside'
  return distanceMetres - accuracyMetres > radiusMetres ? 'outside' : 'too_inexact'
}
