import type { Secrets } from '@opsflow/platform/server/postgres/secrets'
import type { RoleUrls } from '@opsflow/platform/server/postgres/urls'

/** What stands when the server is composed on it. */
export type Ground = {
  urls: RoleUrls
  secrets: Secrets
  port: number
  /** The origin under which people reach the product. */
  publicUrl: string
  /** The built web; none where another process serves it. */
  webFolder: string | undefined
}

export type RunningServer = {
  /** Finishes what is under way, takes nothing new, and closes its connections to the database. */
  stop: () => Promise<void>
}
