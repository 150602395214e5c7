import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { chown, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { installContextKey, migrate } from '../../../server/migrate.ts'
import { type Account, databaseAccount } from '../../../server/postgres/account.ts'
import { type Cluster, openCluster } from '../../../server/postgres/cluster.ts'
import type { TestDatabase } from '../../../server/postgres/for-tests.ts'
import { reachableBinaries } from '../../../server/postgres/home.ts'
import { ensureDatabase, ensureRoles } from '../../../server/postgres/roles.ts'
import { newSecrets } from '../../../server/postgres/secrets.ts'
import { roleUrls } from '../../../server/postgres/urls.ts'

const NAME = 'restaurants'

/** A PostgreSQL of its own that archives its log, is backed up while it works, and is recovered to a named moment. */
export class ArchivedCluster {
  readonly #home: string
  readonly #account: Account = databaseAccount()
  readonly #secrets = newSecrets()
  #cluster!: Cluster
  test!: TestDatabase

  private constructor(home: string) {
    this.#home = home
  }

  static async open(): Promise<ArchivedCluster> {
    const home = mkdtempSync(join(realpathSync(tmpdir()), 'opsflow-restored-'))
    chmodSync(home, 0o755) // PostgreSQL may run as another user than the tests
    const made = new ArchivedCluster(home)
    await made.#start()
    await made.#make()
    return made
  }

  #in = (name: string) => join(this.#home, name)

  async #start() {
    this.#cluster = await openCluster({
      folder: this.#in('postgres'),
      log: this.#in('postgres.log'),
      password: this.#secrets.passwords.postgres,
      account: this.#account,
      binaries: reachableBinaries(this.#account),
    })
  }

  async #make() {
    mkdirSync(this.#in('archive'))
    await this.#give(this.#in('archive'))
    await this.#as('postgres', async (admin) => {
      await ensureRoles(admin, this.#secrets.passwords)
      await ensureDatabase(admin, NAME)
      await admin.query('alter system set fsync = off') // nobody pulls a plug here
      await admin.query('alter system set archive_mode = on')
      await admin.query(`alter system set archive_command = 'cp "%p" "${this.#in('archive')}/%f"'`)
      await admin.query(`alter system set restore_command = 'cp "${this.#in('archive')}/%f" "%p"'`)
    })
    const contextKey = Buffer.from(this.#secrets.contextKey, 'base64')
    const urls = roleUrls(this.#cluster.url(NAME), this.#secrets.passwords)
    await migrate(urls.owner)
    await installContextKey(urls.owner, contextKey)
    await this.#cluster.stop()
    await this.#start()
    this.test = { urls, contextKey, admin: this.#cluster.url(NAME), drop: async () => undefined }
  }

  /** A base backup of the working server, as its manual describes it. */
  async backUp() {
    await this.#as(NAME, async (admin) => {
      await admin.query(`select pg_backup_start('nightly', fast => true)`)
      const leftOut = /\/(pg_wal\/.+|postmaster\.(pid|opts))$/
      cpSync(this.#in('postgres'), this.#in('backup'), { recursive: true, filter: (file) => !leftOut.test(file) })
      const { rows } = await admin.query<{ label: string }>('select labelfile as label from pg_backup_stop()')
      writeFileSync(join(this.#in('backup'), 'backup_label'), rows[0]?.label ?? '')
    })
  }

  /** A moment that one can go back to. */
  mark = (moment: string) => this.#as(NAME, (admin) => admin.query('select pg_create_restore_point($1)', [moment]))

  /** Everything that happened since is gone: the backup, and of the archived log what lies before that moment. */
  async recoverTo(moment: string) {
    await this.#as(NAME, (admin) => admin.query('select pg_switch_wal()'))
    await this.#cluster.stop()
    const folder = this.#in('postgres')
    rmSync(folder, { recursive: true })
    cpSync(this.#in('backup'), folder, { recursive: true })
    writeFileSync(join(folder, 'recovery.signal'), '')
    const target = `recovery_target_name = '${moment}'\nrecovery_target_action = 'promote'\n`
    writeFileSync(join(folder, 'postgresql.auto.conf'), target, { flag: 'a' })
    chmodSync(folder, 0o700)
    await this.#give(folder)
    await this.#start()
    await this.#as(NAME, async (admin) => {
      const isRecovering = async () => (await admin.query('select pg_is_in_recovery() as is')).rows[0]?.is
      while (await isRecovering()) await wait(30)
    })
  }

  async close() {
    await this.#cluster.stop()
    rmSync(this.#home, { recursive: true, force: true })
  }

  async #as<Result>(database: string, work: (admin: pg.Client) => Promise<Result>): Promise<Result> {
    const admin = new pg.Client(this.#cluster.url(database))
    await admin.connect()
    try {
      return await work(admin)
    } finally {
      await admin.end()
    }
  }

  /** As root, what was copied is root's until it is given away. */
  async #give(path: string) {
    const { uid, gid } = this.#account
    if (uid === undefined || gid === undefined) return
    await chown(path, uid, gid)
    const entries = await readdir(path, { recursive: true })
    for (const entry of entries) await chown(join(path, entry), uid, gid)
  }
}
