/** What an instance of Clerk's gives its customer; all of it, or Clerk is not used. */
export type ClerkKeys = {
  publishableKey: string
  secretKey: string
  jwtKey: string
  webhookSigningSecret: string
  /** Clerk's Backend API; another one in tests. */
  apiUrl: string | undefined
}
