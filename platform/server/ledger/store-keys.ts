import pg from 'pg'
import { CannotStart } from '../cannot-start.ts'
import { type LedgerKey, vouchedFor } from './node-ground.ts'

/**
 * The first start states the key that signs heads; later ones find it in force. Another key than the last one that was
 * stated would sign heads that nobody can verify.
 */
export async function installLedgerKey(ownerUrl: string, key: LedgerKey): Promise<void> {
  await asOwner(ownerUrl, async (owner) => {
    const last = await lastKey(owner)
    if (last === undefined) await state(owner, 1, key, key)
    else if (last.verifier !== key.verifier.text) {
      throw new CannotStart(
        `The key that signs evidence is ${key.verifier.text}, and heads are signed by ${last.verifier}. ` +
          'Put back the key of before (ledgerKey of secrets.json, or OPSFLOW_LEDGER_KEY), or give it over by npm run ledger:rotate.',
      )
    }
  })
}

/** The key in force vouches for the next one. From now on heads are signed by that. */
export async function giveOver(ownerUrl: string, from: LedgerKey, to: LedgerKey): Promise<void> {
  await asOwner(ownerUrl, async (owner) => {
    const last = await lastKey(owner)
    if (last?.verifier !== from.verifier.text) {
      throw new CannotStart(`The key in force is ${last?.verifier ?? 'not stated yet'}: only it can vouch for another.`)
    }
    await state(owner, last.n + 1, to, from)
  })
}

async function lastKey(owner: pg.Client): Promise<{ n: number; verifier: string } | undefined> {
  return (await owner.query('select n, verifier from ledger_keys order by n desc limit 1')).rows[0]
}

async function state(owner: pg.Client, n: number, key: LedgerKey, by: LedgerKey) {
  const { rows } = await owner.query<{ now: string }>(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`,
  )
  const since = rows[0]?.now ?? ''
  const { name, text } = key.verifier
  await owner.query('insert into ledger_keys (n, name, verifier, statement, since) values ($1, $2, $3, $4, $5)', [
    ...[n, name, text, vouchedFor(key, by, since), since],
  ])
}

export async function asOwner<T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  try {
    await owner.query('begin')
    await owner.query(`select pg_advisory_xact_lock(hashtext('opsflow.ledger.keys'))`)
    const result = await work(owner)
    await owner.query('commit')
    return result
  } finally {
    await owner.end()
  }
}
