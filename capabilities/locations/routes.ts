import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { CsvBytes, ImportPlan, ImportQuery } from './import-plan.ts'
import { Location, LocationPatch, NewLocation } from './location.ts'
import { LocationGroup, LocationGroupChange, MoveEffects, NewLocationGroup } from './location-group.ts'

const moves = ['locations.group_unknown', 'locations.group_archived', 'locations.beyond_own_rank']

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
    description: 'Directly under the organization, or in a group you manage.',
    tag: 'locations',
    permission: 'locations.manage',
    body: NewLocation,
    response: Location,
    status: 201,
    refusals: ['locations.name_taken', 'locations.code_taken', 'locations.group_unknown', 'locations.group_archived'],
  },
  'GET /locations/{id}': {
    summary: 'One location',
    tag: 'locations',
    permission: 'locations.read',
    params: IdParams,
    response: Location,
  },
  'PATCH /locations/{id}': {
    summary: 'Change, move, close or reopen a location',
    description:
      'Other rules (jurisdiction, rule edition) judge from now on, where a unit is judged by what is usual; records keep ' +
      'the limits they were judged by.',
    tag: 'locations',
    permission: 'locations.manage',
    params: IdParams,
    body: LocationPatch,
    response: Location,
    refusals: [
      'locations.name_taken',
      'locations.code_taken',
      'locations.edition_elsewhere',
      'locations.position_half',
      ...moves,
    ],
  },
  'GET /locations/{id}/move-effects': {
    summary: 'What moving a location would touch',
    tag: 'locations',
    permission: 'locations.manage',
    params: IdParams,
    query: z.strictObject({ groupId: z.uuid().optional() }),
    response: MoveEffects,
    refusals: moves,
  },

  'GET /location-export': {
    summary: 'Your open locations as a CSV file',
    description: 'Read again by `POST /location-imports`, it changes nothing.',
    tag: 'locations',
    permission: 'locations.read',
    produces: 'text/csv',
    response: z.string(),
  },
  'POST /location-imports': {
    summary: 'Open and change locations from a CSV file',
    description:
      'Without `plan`: says what the file would do, and writes nothing. With the `plan` of that answer: does exactly that, ' +
      'all of it or nothing. A location is known by its code, else by its name; an empty cell leaves things as they are. ' +
      'At most 10,000 rows.',
    tag: 'locations',
    permission: 'locations.manage',
    query: ImportQuery,
    accepts: { type: 'text/csv', maxBytes: 8 * 1024 * 1024 },
    body: CsvBytes,
    response: ImportPlan,
    refusals: [
      'locations.file_not_csv',
      'locations.file_not_utf8',
      'locations.file_empty',
      'locations.file_too_long',
      'locations.columns_wrong',
      'locations.import_has_errors',
      'locations.import_outdated',
      ...moves,
    ],
  },

  'GET /location-groups': {
    summary: 'Groups on the way to the locations you may see, by name',
    tag: 'locations',
    permission: 'locations.read',
    query: PageQuery.extend({ state: z.enum(['active', 'archived', 'any']).default('active') }),
    response: page(LocationGroup),
  },
  'POST /location-groups': {
    summary: 'Make a group of locations',
    tag: 'locations',
    permission: 'locations.manage',
    body: NewLocationGroup,
    response: LocationGroup,
    status: 201,
    refusals: [
      'locations.group_name_taken',
      'locations.group_unknown',
      'locations.group_archived',
      'locations.too_deep',
    ],
  },
  'PATCH /location-groups/{id}': {
    summary: 'Rename, move, archive or bring back a group',
    description:
      'A moved group takes everything in it along. What holds open locations, groups or grants is not archived; with ' +
      '`moveTo` its locations and groups go there first. Grants stay where they were given, or are revoked by hand.',
    tag: 'locations',
    permission: 'locations.manage',
    params: IdParams,
    body: LocationGroupChange,
    response: LocationGroup,
    refusals: [
      'locations.group_name_taken',
      'locations.group_in_use',
      'locations.into_itself',
      'locations.too_deep',
      ...moves,
    ],
  },
  'GET /location-groups/{id}/move-effects': {
    summary: 'What moving a group would touch',
    description: 'Without `parentId`: directly under the organization.',
    tag: 'locations',
    permission: 'locations.manage',
    params: IdParams,
    query: z.strictObject({ parentId: z.uuid().optional() }),
    response: MoveEffects,
    refusals: ['locations.into_itself', 'locations.too_deep', ...moves],
  },
})
