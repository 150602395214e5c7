import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { alertImplementations, byEmail, byPush, startAlertWatch } from '@opsflow/capabilities/alerts/server'
import { auditImplementations, importedAuditImplementations } from '@opsflow/capabilities/audits/server'
import {
  checklistImplementations,
  checklistViewImplementations,
  forgetPictures,
  isPicture,
  pictureImplementations,
  recordImplementations,
  scheduleImplementations,
  startScheduleWatch,
  templateImplementations,
} from '@opsflow/capabilities/checklists/server'
import { evidenceImplementations, filesOfEvidence } from '@opsflow/capabilities/evidence/server'
import { findingImplementations } from '@opsflow/capabilities/findings/server'
import { haccpImplementations, startReviewWatch } from '@opsflow/capabilities/haccp/server'
import {
  auditImportRunner,
  exportImplementations,
  forgetAuditImports,
  importImplementations,
  resumeAuditImports,
} from '@opsflow/capabilities/imports/server'
import { kioskImplementations, openTablets, pinHashes, pinSignatures } from '@opsflow/capabilities/kiosks/server'
import { ledgerImplementations } from '@opsflow/capabilities/ledger/server'
import { locationsApi } from '@opsflow/capabilities/locations/server'
import { rolePermissions } from '@opsflow/capabilities/people'
import {
  accountApi,
  authConvention,
  digestWith,
  invitationApi,
  isLogo,
  logoImplementations,
  openClerk,
  openPeople,
  openPush,
  peopleApi,
  peopleFileApi,
  pushApi,
  settingsApi,
  whoMay,
} from '@opsflow/capabilities/people/server'
import { processImplementations } from '@opsflow/capabilities/processes/server'
import { reportImplementations, startMailings } from '@opsflow/capabilities/reports/server'
import { placeCodeImplementations, taskImplementations } from '@opsflow/capabilities/tasks/server'
import {
  ensureMonth,
  importRunner,
  monthsThrough,
  resumeImports,
  startDriftWatch,
  startSilenceWatch,
  temperatureImplementations,
} from '@opsflow/capabilities/temperature/server'
import type { Config } from '@opsflow/platform/server/config'
import { removeLeavings } from '@opsflow/platform/server/files/leavings'
import { openStorage } from '@opsflow/platform/server/files/open-storage'
import { sweepUploads } from '@opsflow/platform/server/files/sweep'
import type { Implementation } from '@opsflow/platform/server/http/implement'
import { rateLimiter, rateLimitsOf } from '@opsflow/platform/server/http/rate-limit'
import { drain, httpServer } from '@opsflow/platform/server/http/server'
import { ledgerKey } from '@opsflow/platform/server/ledger/node-ground'
import { startSealer } from '@opsflow/platform/server/ledger/seal'
import { openLog } from '@opsflow/platform/server/log'
import { openMail } from '@opsflow/platform/server/mail'
import { openMetrics } from '@opsflow/platform/server/metrics'
import { nowAndThen } from '@opsflow/platform/server/now-and-then'
import { paperRegister } from '@opsflow/platform/server/paper/register'
import { openGateway } from '@opsflow/platform/server/realtime/gateway'
import { startRelay } from '@opsflow/platform/server/realtime/relay'
import { openRedis } from '@opsflow/platform/server/redis'
import { startRetiring, syncImplementations } from '@opsflow/platform/server/sync'
import { syncReviewImplementations } from '@opsflow/platform/server/sync-review'
import { openDatabase, openPool, type ReadTx } from '@opsflow/platform/server/tenant'
import { startLiveDemo } from './demo/live.ts'
import { offlineParts, syncedEntities } from './offline.ts'
import { socketCommands } from './socket-commands.ts'
import type { Ground, RunningServer } from './start/ground.ts'

const GRACE_MS = 4000
const SILENCE_EVERY_MS = 15_000
/** How soon after a schedule is saved its checklists are there. */
const SCHEDULES_EVERY_MS = 3_000
/** How soon after its time something late is told of. */
const ALERTS_EVERY_MS = 3_000
/** Each unit is compared once a day; this is how often is asked whose day is over. */
const DRIFT_EVERY_MS = 60_000
/** A review is asked for a month ahead: an hour is soon enough. */
const REVIEWS_EVERY_MS = 3_600_000
/** Letters go out in the morning: a minute more or less does not matter. */
const MAILINGS_EVERY_MS = 30_000
const RETIRE_EVERY_MS = 3_600_000
const SWEEP_EVERY_MS = 60_000
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

/** The product put together: every capability's routes on one server, its facts on the sockets, its jobs beside them. */
export async function startServer(config: Config, ground: Ground): Promise<RunningServer> {
  const { urls, secrets, port, publicUrl, webFolder } = ground
  const log = openLog(config.logLevel)
  const metrics = openMetrics()
  const redis = openRedis(config.redisUrl, log)
  let draining = false
  // While the server stops, PostgreSQL may be quicker than the good-bye of a connection that is being closed.
  const onPoolError = (err: Error) => draining || log.warn({ err }, 'a database connection was lost')
  const { poolSize, answerWithinMs } = config.database
  const authPool = openPool(urls.auth, poolSize, onPoolError, answerWithinMs)
  const relayPool = openPool(urls.relay, 4, onPoolError, answerWithinMs)
  const sealerPool = openPool(urls.sealer, 1, onPoolError)
  const database = openDatabase({
    url: urls.app,
    contextKey: Buffer.from(secrets.contextKey, 'base64'),
    poolSize,
    prepared: config.database.prepared,
    answerWithinMs,
    onPoolError,
    onFacts: () => relay?.wake(),
  })
  metrics.gauge('opsflow_database_connections', 'Open connections of the tenant pool', database.pool.total)
  metrics.gauge('opsflow_database_waiting', 'Requests waiting for a connection', database.pool.waiting)

  const clerk =
    config.clerk &&
    (await openClerk({
      keys: config.clerk,
      pool: authPool,
      database,
      publicOrigin: () => publicUrl,
      signUpIsOpen: config.signUp === 'open',
      log,
    }))
  const tablets = openTablets({ pool: authPool, pepper: secrets.pepper, publicUrl })
  const people = await openPeople({
    clerk,
    pool: authPool,
    secret: secrets.authSecret,
    pepper: secrets.pepper,
    publicUrl,
    tablets,
    log,
  })
  const pins = { database, directory: people.directory, hashes: pinHashes(secrets.pepper) }
  const mail = openMail(config.mail, log)
  const push = openPush({ pool: authPool, ...pushKeys(config, secrets, publicUrl), log })
  const storage = await openStorage(config)
  const files = filesOfEvidence({ storage, database, quotaBytes: config.fileQuotaBytes })
  const months = monthsThrough((day) => ensureMonth(relayPool, day))
  const imports = importRunner({ database, months }, log)
  const auditImports = auditImportRunner({ database, files }, log)
  const limiter = rateLimiter(rateLimitsOf(config.rateLimitPerMinute), redis?.commands)
  const door = { ...people, pool: authPool, database, rateLimiter: limiter, mail, publicUrl, log, clerk: clerk?.door }
  const secret = secrets.pepper
  const digest = digestWith(secret)
  const papers = paperRegister({ database, digest, publicUrl })
  const offline = offlineParts({ database, pool: authPool, directory: people.directory, secret, months, log })
  const implementations: Implementation[] = [
    ...peopleApi(people),
    ...accountApi({ ...door, signUp: config.signUp }),
    ...invitationApi(door),
    ...settingsApi,
    ...logoImplementations(files),
    ...pushApi({ push, identity: people.identity }),
    ...locationsApi(rolePermissions),
    ...peopleFileApi,
    ...temperatureImplementations({ months, imports, signatures: pinSignatures(pins) }),
    ...taskImplementations(),
    ...templateImplementations(),
    ...pictureImplementations(files),
    ...scheduleImplementations(),
    ...recordImplementations({ ...files, papers }),
    ...checklistViewImplementations(),
    ...checklistImplementations({ months, signatures: pinSignatures(pins) }),
    ...auditImplementations(),
    ...importedAuditImplementations(),
    ...importImplementations(auditImports),
    ...exportImplementations(),
    ...findingImplementations(pinSignatures(pins)),
    ...alertImplementations({ signatures: pinSignatures(pins) }),
    ...processImplementations(pinSignatures(pins)),
    ...haccpImplementations({ storage }),
    ...reportImplementations({
      ...{ pool: authPool, database, rateLimiter: limiter, digest, papers, storage },
      mailIsOn: mail.isOn,
    }),
    ...ledgerImplementations({ pool: authPool, database }),
    ...placeCodeImplementations({ pool: authPool, database, rateLimiter: limiter, files }),
    ...evidenceImplementations(files, offline),
    ...syncImplementations(offline),
    ...syncReviewImplementations(offline),
    ...kioskImplementations({ ...pins, ...people, tablets, rateLimiter: limiter }),
  ]

  const server = httpServer({
    implementations: implementations.filter(({ route }) => serves(config, route.tag)),
    database,
    authenticator: people.authenticator,
    rateLimiter: limiter,
    metrics,
    log,
    version,
    webFolder,
    metricsToken: config.metricsToken,
    trustedProxies: config.trustedProxies,
    publicOrigin: () => publicUrl,
    isDraining: () => draining,
    strictAnswers: false,
    mounts: clerk
      ? { '/clerk': clerk.webhooks }
      : { '/auth': authConvention({ ...people, rateLimiter: limiter, publicOrigin: () => publicUrl }) },
    secureTransport: publicUrl.startsWith('https:'),
    signInHost: clerk?.door.frontendApi,
  })
  const gateway = config.roles.has('realtime')
    ? openGateway({
        server,
        database,
        authenticator: people.authenticator,
        commands: socketCommands(months),
        rateLimiter: limiter,
        listenPermission: 'temperature.read',
        publicOrigin: () => publicUrl,
        redis,
        log,
        metrics,
      })
    : undefined
  const relay = gateway
    ? startRelay({
        pool: relayPool,
        deliver: (fact) => {
          if (/^(people|locations|kiosks)\./.test(fact.name)) people.authenticator.forgetTenant(fact.tenant_id)
          gateway.deliver(fact)
        },
        log,
        metrics,
      })
    : undefined
  const silence = config.roles.has('worker')
    ? startSilenceWatch({ database, relayPool, everyMs: SILENCE_EVERY_MS, log })
    : undefined
  const schedules = config.roles.has('worker')
    ? startScheduleWatch({ database, relayPool, everyMs: SCHEDULES_EVERY_MS, log })
    : undefined
  const alerts = config.roles.has('worker')
    ? startAlertWatch({
        database,
        relayPool,
        ways: [byEmail(mail, publicUrl), byPush(push)],
        everyMs: ALERTS_EVERY_MS,
        log,
      })
    : undefined
  const drift = config.roles.has('worker')
    ? startDriftWatch({ database, relayPool, everyMs: DRIFT_EVERY_MS, log })
    : undefined
  const sealer = config.roles.has('worker')
    ? startSealer({ pool: sealerPool, key: ledgerKey(ledgerSeed(config, secrets)), storage, log })
    : undefined
  const reviews = config.roles.has('worker')
    ? startReviewWatch({ database, relayPool, everyMs: REVIEWS_EVERY_MS, log })
    : undefined
  const mailings = config.roles.has('worker')
    ? startMailings({ database, relayPool, mail, whoMay, digest, publicUrl, everyMs: MAILINGS_EVERY_MS, log })
    : undefined
  const sweep = config.roles.has('worker')
    ? nowAndThen({ name: 'file sweep', everyMs: SWEEP_EVERY_MS, log, work: () => sweepUploads(files, relayPool) })
    : undefined
  const isPictureOrLogo = async (tx: ReadTx, sha256: string) =>
    (await isPicture(tx, sha256)) || (await isLogo(tx, sha256))
  const leavings = { database, storage: files.storage, isUsed: isPictureOrLogo }
  const leaving = config.roles.has('worker')
    ? nowAndThen({
        ...{ name: 'picture sweep', everyMs: SWEEP_EVERY_MS, log },
        work: async () => {
          await forgetPictures({ database }, relayPool)
          await removeLeavings(leavings, relayPool)
        },
      })
    : undefined
  const pushSweep = config.roles.has('worker')
    ? nowAndThen({ name: 'push sweep', everyMs: SWEEP_EVERY_MS, log, work: push.sweep })
    : undefined
  const retiring = config.roles.has('worker')
    ? startRetiring({ database, relayPool, entities: syncedEntities, everyMs: RETIRE_EVERY_MS, log })
    : undefined
  const forgetting = config.roles.has('worker')
    ? nowAndThen({
        ...{ name: 'import sweep', everyMs: RETIRE_EVERY_MS, log },
        work: async () => void (await forgetAuditImports(database, relayPool)),
      })
    : undefined
  if (config.roles.has('worker')) {
    await resumeImports(relayPool, imports)
    await resumeAuditImports(relayPool, auditImports)
  }
  const live =
    config.demo && config.roles.has('worker') ? startLiveDemo({ app: database, relayUrl: urls.relay, log }) : undefined

  server.listen(port, config.host)
  await once(server, 'listening')

  return {
    async stop() {
      draining = true
      await Promise.all([
        gateway?.close(),
        drain(server, GRACE_MS, log),
        silence?.stop(),
        schedules?.stop(),
        alerts?.stop(),
        drift?.stop(),
        reviews?.stop(),
        mailings?.stop(),
        sealer?.stop(),
        retiring?.stop(),
        sweep?.stop(),
        leaving?.stop(),
        pushSweep?.stop(),
        live?.stop(),
        imports.stop(),
        auditImports.stop(),
        forgetting?.stop(),
      ])
      await relay?.stop()
      await Promise.all([database.close(), authPool.end(), relayPool.end(), sealerPool.end()])
      mail.close()
      storage.close()
      redis?.close()
    },
  }
}

/** What signs heads: configured, or made at the first start. */
export const ledgerSeed = ({ ledgerKey: given }: Pick<Config, 'ledgerKey'>, { ledgerKey: made }: Ground['secrets']) =>
  given ?? Buffer.from(made, 'base64')

/** Push services want to know whom to write to; an address on this machine tells them nothing. */
function pushKeys({ push }: Config, { vapid }: Ground['secrets'], publicUrl: string) {
  const subject = push.subject ?? (publicUrl.startsWith('https:') ? publicUrl : undefined)
  return { keys: push.keys ?? vapid, services: push.services, subject }
}

/** A process that only takes readings in, or one that does everything but. */
function serves({ roles }: Config, tag: string): boolean {
  return roles.has('api') || (roles.has('ingest') && tag === 'ingest')
}
