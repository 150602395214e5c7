import { Instant } from '@opsflow/platform/route'
import { Outcome, TimeQuality } from '@opsflow/platform/sync'
import { z } from 'zod'

/** Without a touch for so long, a tablet locks. */
export const IDLE_SECONDS = 120

/**
 * waiting: its code was not used yet · ready · locked: by a manager · guarded: too many wrong PINs · wiping: it is to
 * forget everything when it comes by · wiped: it has · revoked: it never opens anything again.
 */
export const KioskState = z.enum(['waiting', 'ready', 'locked', 'guarded', 'wiping', 'wiped', 'revoked'])
export type KioskState = z.infer<typeof KioskState>

const Name = z.string().trim().min(1).max(200)

/** A shared tablet, bound to one location. */
export const Kiosk = z
  .object({
    id: z.uuid(),
    locationId: z.uuid(),
    name: z.string(),
    state: KioskState,
    createdAt: Instant,
    enrolledAt: Instant.nullable(),
    lastSeenAt: Instant.nullable(),
    /** Until when too many wrong PINs keep it closed. */
    guardedUntil: Instant.nullable(),
  })
  .meta({ id: 'Kiosk' })
export type Kiosk = z.infer<typeof Kiosk>

export const NewKiosk = z.strictObject({ locationId: z.uuid(), name: Name })
export type NewKiosk = z.output<typeof NewKiosk>

export const KioskChange = z
  .strictObject({ name: Name, locked: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, { message: 'Change the name or the lock.' })
export type KioskChange = z.output<typeof KioskChange>

/** What a kiosk is enrolled with. The code is shown once. */
export const Enrolment = z.object({
  code: z.string().nullable().meta({ description: 'Shown once. Null when an earlier answer is repeated.' }),
  /** What the QR code leads to. */
  path: z.string().nullable(),
  expiresAt: Instant,
})

/** Before anyone has proved who they are, a tablet shows names and nothing else. */
export const StaffMember = z.object({ id: z.uuid(), name: z.string() })
export type StaffMember = z.infer<typeof StaffMember>

/** On the list of a tablet: when their own PIN was set. Null: they have none, so they cannot be known without a network. */
export const TabletStaff = StaffMember.extend({ pinSetAt: Instant.nullable() })
export type TabletStaff = z.infer<typeof TabletStaff>

/** Someone at a tablet whose PIN the server has looked at. */
export const Seat = StaffMember.extend({
  mustChangePin: z.boolean(),
  /** Names the seat in what is done in it. No secret. */
  seat: z.uuid(),
  pinSetAt: Instant,
  /** The server's time. */
  provenAt: Instant,
})
export type Seat = z.infer<typeof Seat>

/** This very tablet, as it may see itself. */
export const Tablet = z
  .object({
    /** unknown: it has no key, or one that opens nothing. */
    state: z.enum(['unknown', 'ready', 'locked', 'guarded', 'wiped']),
    kiosk: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    organization: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    location: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    staff: z.array(TabletStaff),
    idleSeconds: z.int(),
    guardedUntil: Instant.nullable(),
    /** The server's time. */
    at: Instant,
    /** Who is at it now. */
    person: StaffMember.extend({ mustChangePin: z.boolean() }).nullable(),
  })
  .meta({ id: 'Tablet' })
export type Tablet = z.infer<typeof Tablet>

/** What was done on a tablet and only the tablet vouches for: by whom, and how it is known. */
export const VouchedWork = z
  .object({
    id: z.uuid(),
    /** The mutation: `temperature.record`. */
    name: z.string(),
    member: StaffMember,
    /** tablet: it looked at their PIN alone · outdated: at a PIN that was changed before the work arrived. */
    proved: z.enum(['tablet', 'outdated']),
    outcome: Outcome,
    occurredAt: Instant,
    receivedAt: Instant,
    timeQuality: TimeQuality,
  })
  .meta({ id: 'VouchedWork' })
export type VouchedWork = z.infer<typeof VouchedWork>

/** How someone stands with their PIN: none, one to be changed at its first use, or their own. */
export const PinState = z.enum(['none', 'temporary', 'own'])
export const PinHolder = z
  .object({
    memberId: z.uuid(),
    name: z.string(),
    email: z.string().nullable(),
    state: PinState,
    setAt: Instant.nullable(),
  })
  .meta({ id: 'PinHolder' })
export type PinHolder = z.infer<typeof PinHolder>
