import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FARTHEST_METRES, measured, metresBetween, type Position, whereabouts } from './position.ts'

const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

test.each<[string, Position, Position, number]>([
  // Along a meridian or the equator a degree of a sphere of this radius is 111,195 m.
  ['a degree of latitude', { latitude: 41, longitude: -87 }, { latitude: 42, longitude: -87 }, 111_195],
  ['a degree of the equator', { latitude: 0, longitude: 10 }, { latitude: 0, longitude: 11 }, 111_195],
  ['across the date line', { latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 }, 111_195],
  ['half the earth', { latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 }, 20_015_115],
  ['pole to pole', { latitude: 90, longitude: 0 }, { latitude: -90, longitude: 77 }, 20_015_115],
])('%s', (_, one, other, metres) => {
  expect(Math.abs(metresBetween(one, other) - metres)).toBeLessThan(2)
})

test('a distance is the same from both sides, nothing to itself, never longer than half the earth, and no detour is shorter', () => {
  fc.assert(
    fc.property(point, point, point, (a, b, c) => {
      const way = metresBetween(a, b)
      expect(way).toBeGreaterThanOrEqual(0)
      expect(way).toBeLessThan(FARTHEST_METRES)
      expect(Math.abs(way - metresBetween(b, a))).toBeLessThan(0.01)
      expect(metresBetween(a, a)).toBe(0)
      expect(way).toBeLessThanOrEqual(metresBetween(a, c) + metresBetween(c, b) + 1)
    }),
  )
})

const radius = fc.integer({ min: 25, max: 2000 })
const accuracy = fc.double({ min: 0, max: 5000, noNaN: true })

test('only a device as exact as the radius tells anything, and who is told outside is outside, however wrong it is', () => {
  fc.assert(
    fc.property(point, point, accuracy, radius, (here, place, exact, radiusMetres) => {
      const seen = measured({ ...here, accuracy: exact }, place)
      const told = whereabouts(seen, radiusMetres)
      if (seen.accuracyMetres > radiusMetres) expect(told).toBe('too_inexact')
      if (told === 'outside') expect(metresBetween(here, place) - exact).toBeGreaterThan(radiusMetres - 5)
      if (told === 'inside') expect(metresBetween(here, place)).toBeLessThanOrEqual(radiusMetres + 2.5)
    }),
  )
})

test('nearer, or a wider place, never makes an inside an outside', () => {
  const of = fc.record({ distanceMetres: fc.nat(4000), accuracyMetres: fc.integer({ min: 5, max: 400 }) })
  const rank = { inside: 0, too_inexact: 1, outside: 2 }
  fc.assert(
    fc.property(of, radius, fc.nat(500), (seen, radiusMetres, by) => {
      const told = rank[whereabouts(seen, radiusMetres)]
      const nearer = { ...seen, distanceMetres: Math.max(seen.distanceMetres - by, 0) }
      expect(rank[whereabouts(nearer, radiusMetres)]).toBeLessThanOrEqual(told)
      if (seen.accuracyMetres <= radiusMetres)
        expect(rank[whereabouts(seen, radiusMetres + by)]).toBeLessThanOrEqual(told)
    }),
  )
})

test('what is kept is in steps of five metres, and never more exact than the device said', () => {
  fc.assert(
    fc.property(point, point, accuracy, (here, place, exact) => {
      const { distanceMetres, accuracyMetres } = measured({ ...here, accuracy: exact }, place)
      expect(distanceMetres % 5).toBe(0)
      expect(accuracyMetres % 5).toBe(0)
      expect(accuracyMetres).toBeGreaterThanOrEqual(exact)
    }),
  )
})
