import { defineRoutes, IdParams, PageQuery, page } from '@opsflow/platform/route'
import { z } from 'zod'
import { EnrolmentCode } from './code.ts'
import { Enrolment, Kiosk, KioskChange, NewKiosk, PinHolder, Seat, Tablet, VouchedWork } from './kiosk.ts'
import { NewPin, Pin } from './pin.ts'

const pinRefusals = ['kiosks.pin_wrong', 'kiosks.pin_locked', 'kiosks.guarded', 'kiosks.locked'] as const
const managed = { tag: 'kiosks', permission: 'kiosks.manage', callers: ['member'] } as const

export const kioskRoutes = defineRoutes({
  'GET /kiosks': {
    summary: 'Shared tablets of your locations, newest first',
    tag: 'kiosks',
    permission: 'kiosks.manage',
    query: PageQuery.extend({ locationId: z.uuid().optional() }),
    response: page(Kiosk),
  },
  'POST /kiosks': {
    summary: 'Set up a shared tablet for one location',
    description: 'Answers a code that enrols one tablet within fifteen minutes. It is shown once.',
    ...managed,
    body: NewKiosk,
    response: Kiosk.extend({ enrolment: Enrolment }),
    status: 201,
  },
  'PATCH /kiosks/{id}': {
    summary: 'Rename, lock or open a shared tablet',
    description: 'A locked tablet ends whoever is at it within five seconds. Opening it forgives its wrong PINs.',
    ...managed,
    params: IdParams,
    body: KioskChange,
    response: Kiosk,
    refusals: ['kiosks.revoked'],
  },
  'POST /kiosks/{id}/enrolments': {
    summary: 'Another code, to enrol this tablet anew or another one in its place',
    ...managed,
    params: IdParams,
    response: Enrolment,
    status: 201,
    refusals: ['kiosks.revoked'],
  },
  'POST /kiosks/{id}/wipe': {
    summary: 'Have a tablet forget everything',
    description: 'Its key opens nothing from now on. What the tablet itself holds goes when it next comes by.',
    ...managed,
    params: IdParams,
    response: Kiosk,
    refusals: ['kiosks.revoked'],
  },
  'GET /kiosks/{id}/vouched-work': {
    summary: 'What was done on a shared tablet and only the tablet vouches for, the latest first',
    description: 'Without a network a tablet looks at PINs alone. This is what the server took on its word.',
    tag: 'kiosks',
    permission: 'kiosks.manage',
    params: IdParams,
    query: PageQuery,
    response: page(VouchedWork),
  },
  'DELETE /kiosks/{id}': {
    summary: 'Revoke a shared tablet for good',
    ...managed,
    params: IdParams,
    response: z.void(),
    status: 204,
  },
  'POST /kiosk-enrolments': {
    summary: 'Become a shared tablet, with a code',
    description: 'Sets the tablet’s own key as a cookie that no script can read. A personal session here ends.',
    tag: 'kiosks',
    permission: 'public',
    body: z.strictObject({ code: EnrolmentCode }),
    response: z.object({ id: z.uuid(), name: z.string() }),
    status: 201,
    refusals: ['kiosks.code_unknown'],
  },
  'GET /kiosk': {
    summary: 'This very tablet: where it is, who works there, who is at it',
    description:
      'A tablet that is to be wiped is told so here, as is one that was revoked. It delivers what it still holds ' +
      '(POST /sync/drain), and then says that it forgets everything (DELETE /kiosk).',
    tag: 'kiosks',
    permission: 'public',
    response: Tablet,
  },
  'DELETE /kiosk': {
    summary: 'This very tablet has delivered what it held, and forgets everything',
    description: 'Only for one that was wiped, revoked or never known. Answered with Clear-Site-Data.',
    tag: 'kiosks',
    permission: 'public',
    response: z.void(),
    status: 204,
    refusals: ['kiosks.in_use'],
  },
  'POST /kiosk-session': {
    summary: 'Sign in at a shared tablet with a PIN',
    description:
      'One answer for every wrong PIN, unknown person and missing right. Five wrong PINs lock the person out of this ' +
      'tablet for fifteen minutes, twenty within an hour the tablet.',
    tag: 'kiosks',
    permission: 'signed-in',
    callers: ['kiosk', 'member'],
    body: z.strictObject({ memberId: z.uuid(), pin: Pin }),
    response: Seat,
    status: 201,
    refusals: pinRefusals,
  },
  'POST /kiosk-signatures': {
    summary: 'Prove yourself once more, for a critical record that is made on this tablet',
    description: 'Answers the receipt that travels with the record. It counts as a try, like signing in.',
    tag: 'kiosks',
    permission: 'signed-in',
    callers: ['kiosk', 'member'],
    body: z.strictObject({ memberId: z.uuid(), pin: Pin }),
    response: z.object({ receipt: z.uuid() }),
    status: 201,
    refusals: [...pinRefusals, 'kiosks.pin_temporary'],
  },
  'POST /kiosk-session/activity': {
    summary: 'Someone still touches the tablet',
    tag: 'kiosks',
    permission: 'signed-in',
    callers: ['member'],
    response: z.void(),
    status: 204,
  },
  'DELETE /kiosk-session': {
    summary: 'Lock the tablet: whoever is at it is signed out',
    tag: 'kiosks',
    permission: 'public',
    response: z.void(),
    status: 204,
  },
  'PUT /pin': {
    summary: 'Choose your own PIN',
    description: 'At a shared tablet the PIN so far is asked for; it counts as a try.',
    tag: 'kiosks',
    permission: 'signed-in',
    callers: ['member'],
    body: z.strictObject({ pin: NewPin, currentPin: Pin.optional() }),
    response: z.void(),
    status: 204,
    refusals: [...pinRefusals, 'kiosks.pin_unchanged'],
  },
  'GET /pins': {
    summary: 'Who works at a location, and whether they have a PIN',
    tag: 'kiosks',
    permission: 'kiosks.manage',
    query: z.strictObject({ locationId: z.uuid() }),
    response: z.object({ items: z.array(PinHolder) }),
  },
  'POST /members/{id}/temporary-pin': {
    summary: 'Give someone a new PIN, to be changed at its first use',
    description: 'For people who hold nothing that you do not hold. It ends their locks and their sessions at tablets.',
    ...managed,
    params: IdParams,
    response: z.object({
      pin: z.string().nullable().meta({ description: 'Shown once. Null when an earlier answer is repeated.' }),
    }),
    status: 201,
    refusals: ['kiosks.exceeds_own'],
  },
})
