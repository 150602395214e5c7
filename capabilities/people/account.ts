import { Instant } from '@opsflow/platform/route'
import { z } from 'zod'
import { Email, NewPassword, PersonName } from './member.ts'
import { Founding } from './session.ts'

/** The six digits an authenticator app shows. */
export const Code = z.string().regex(/^\d{6}$/, { message: 'Six digits.' })

/** As it was shown, with or without the hyphen, in either case. */
export const RecoveryCode = z.string().trim().min(1).max(40)

/** With a second factor in force, `code` or `recoveryCode` comes along; the refusal `people.code_required` asks for it. */
export const SignIn = z.strictObject({
  email: Email,
  password: z.string().min(1).max(128),
  code: Code.optional(),
  recoveryCode: RecoveryCode.optional(),
})
export type SignIn = z.output<typeof SignIn>

/** The random part of a mailed link, after its `#`: a browser keeps that to itself, so no log ever holds it. */
export const LinkToken = z.string().regex(/^[\w-]{43}$/, { message: 'The end of the link, after #.' })

/** In which language a letter is written. */
export const Language = z.enum(['en', 'es']).default('en')
export type Language = z.output<typeof Language>

/** What this product offers at its door. */
export const Door = z.object({
  /** Anyone may found an organization of their own. */
  signUp: z.boolean(),
  /** Letters leave the product: links for new passwords can be asked for. */
  mail: z.boolean(),
  passkeys: z.boolean(),
  /** People sign in with Clerk, on its own forms; its host loads them. */
  clerk: z.object({ publishableKey: z.string(), frontendApi: z.string() }).nullable(),
})

export const AskForLetter = z.strictObject({ email: Email, language: Language })

export const PasskeyName = z.string().trim().min(1).max(100)

/** WebAuthn's own JSON, made and read by browsers: `PublicKeyCredential.parseRequestOptionsFromJSON` and `toJSON`. */
const WebAuthnOptions = z.record(z.string(), z.unknown())
const Credential = z
  .looseObject({
    id: z.string().min(1).max(2000),
    rawId: z.string().min(1).max(2000),
    type: z.literal('public-key'),
    response: z.looseObject({ clientDataJSON: z.string().max(8000) }),
  })
  .meta({ description: 'PublicKeyCredential.toJSON()' })

export const PasskeyChallenge = z.object({ challengeId: z.uuid(), options: WebAuthnOptions })
export const PasskeyAnswer = z.strictObject({ challengeId: z.uuid(), credential: Credential })
export type PasskeyAnswer = z.output<typeof PasskeyAnswer>
export const NewPasskey = PasskeyAnswer.extend({ name: PasskeyName })

/** Who one is, proved once more: as at the sign-in. */
export const Confirmation = SignIn.omit({ email: true })

export const Passkey = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
})
export type Passkey = z.infer<typeof Passkey>

/** One's own account: how one signs in. */
export const Account = z
  .object({
    name: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    /** Codes of an authenticator app are asked for at the sign-in. */
    codesRequired: z.boolean(),
    recoveryCodesLeft: z.int(),
    passkeys: z.array(Passkey),
  })
  .meta({ id: 'Account' })
export type Account = z.infer<typeof Account>

export const NewOwnPassword = z.strictObject({ currentPassword: z.string().min(1).max(128), password: NewPassword })

/** What an authenticator app needs to be told, by QR code or by hand. */
export const AuthenticatorSecret = z.object({ secret: z.string(), uri: z.string() })

/** Shown once. Each opens the account once when the authenticator is lost. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })

export const SIGNED_IN_WITH = [
  'password',
  'password_and_code',
  'password_and_recovery_code',
  'passkey',
  'link',
] as const
export type SignedInWith = (typeof SIGNED_IN_WITH)[number]

/** A device on which one is signed in. */
export const OwnSession = z
  .object({
    id: z.uuid(),
    current: z.boolean(),
    signedInWith: z.enum(SIGNED_IN_WITH),
    userAgent: z.string().nullable(),
    address: z.string().nullable(),
    createdAt: Instant,
    lastSeenAt: Instant,
  })
  .meta({ id: 'OwnSession' })
export type OwnSession = z.infer<typeof OwnSession>

export const NewPasswordByLink = z.strictObject({ token: LinkToken, password: NewPassword })

/** A new customer: the address was proved by the link, the rest is as at the first run. */
export const SignUp = Founding.omit({ email: true }).extend({ token: LinkToken, name: PersonName })
