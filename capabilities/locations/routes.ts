import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { Location, LocationChange, NewLocation } from './location.ts'

export const locationRoutes = defineRoutes({
  'GET /locations': {
    summary: 'Locations you may see, by name',
    tag: 'locations',
    permission: 'locations.read',
    query: PageQuery.extend({ state: z.enum(['open', 'closed', 'any']).default('open') }),
    response: page(Location),
  },
  'POST /locations': {
    summary: 'Open a location',
    tag: 'locations',
    permission: 'locations.configure',
    body: NewLocation,
    response: Location,
    status: 201,
    refusals: ['locations.name_taken'],
  },
  'GET /locations/{id}': {
    summary: 'One location',
    tag: 'locations',
    permission: 'locations.read',
    params: IdParams,
    response: Location,
  },
  'PATCH /locations/{id}': {
    summary: 'Change, close or reopen a location',
    tag: 'locations',
    permission: 'locations.configure',
    params: IdParams,
    body: LocationChange,
    response: Location,
    refusals: ['locations.name_taken'],
  },
})
