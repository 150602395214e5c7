import { expect, test } from 'vitest'
import { RouteMap } from './route-map.ts'

const routes = new RouteMap<string>()
for (const key of [
  'GET /units',
  'POST /units',
  'GET /units/{id}',
  'GET /units/{id}/series',
  'GET /units/map',
  'GET /units/map/{name}/of/{id}',
])
  routes.add(...(key.split(' ') as [string, string]), key)

test.each([
  ['GET', '/units', 'GET /units', {}],
  ['POST', '/units', 'POST /units', {}],
  ['GET', '/units/7', 'GET /units/{id}', { id: '7' }],
  ['GET', '/units/map', 'GET /units/map', {}],
  ['GET', '/units/map/series', 'GET /units/{id}/series', { id: 'map' }],
  ['GET', '/units/map/a%2Fb/of/c', 'GET /units/map/{name}/of/{id}', { name: 'a/b', id: 'c' }],
])('%s %s is %s', (method, path, what, params) => {
  expect(routes.find(method, path)).toEqual({ what, params })
})

test.each([
  '/',
  '/unit',
  '/Units',
  '/units/',
  '/units//series',
  '/units/7/',
  '/units/7/other',
  '/units/map/a/of',
  '/__proto__',
])('%s is nowhere', (path) => {
  expect(routes.find('GET', path)).toBeUndefined()
})

test('a path without the method tells which it has', () => {
  expect(routes.find('DELETE', '/units')).toEqual({ methods: ['GET', 'POST'] })
})

test('a parameter that cannot be decoded is the caller’s mistake', () => {
  expect(() => routes.find('GET', '/units/%E0%A4%A')).toThrow(URIError)
})
