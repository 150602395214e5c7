import type { EvidencePage } from '../../platform/server/proven.for-tests.ts'

export type Page = {
  title: string
  /** What a reader may conclude, in two or three sentences. */
  says: string
  /** Test files that call `proven` with this page, in the order in which their sections stand. */
  tests: readonly string[]
  /** Names of benches whose tables stand on the page. */
  benches?: readonly string[]
}

/** Every page of docs/evidence, and what fills it. */
export const PAGES: Readonly<Partial<Record<EvidencePage, Page>>> = {
  isolation: {
    title: 'Isolation',
    says: 'What one tenant, one place or one role may not see or change is tried for everything there is, from lists the product itself is made of; what is added is tried too, or the tests fail.',
    tests: [
      'platform/server/isolation/matrix.db.test.ts',
      'apps/server/test/isolation/routes.walk.test.ts',
      'apps/server/test/isolation/beside-routes.walk.test.ts',
      'apps/server/test/isolation/jobs.walk.test.ts',
    ],
  },
  'planted-leaks': {
    title: 'Planted leaks',
    says: 'Mistakes that would let one tenant learn of another are made on purpose, one at a time. A proof that stays green with one of them proves nothing: each must turn it red.',
    tests: [
      'platform/server/isolation/planted-leaks.db.test.ts',
      'apps/server/test/isolation/planted-code.walk.test.ts',
    ],
  },
  canaries: {
    title: 'Canaries',
    says: 'Every text of one tenant carries a marker while another is driven at random. Where words of customers can come out, the marker is looked for; a marker of one’s own shows that looking there finds it.',
    tests: ['apps/server/test/isolation/canaries.walk.test.ts'],
  },
  faults: {
    title: 'Faults',
    says: 'Two customers work by every way in while something breaks: every write that was acknowledged is there exactly once, none that was refused is, nobody was shown a row of anyone else, and work goes on afterwards. The judge itself is tried with planted faults.',
    tests: [
      'apps/server/test/faults/kill-server.walk.test.ts',
      'apps/server/test/faults/kill-postgres.walk.test.ts',
      'apps/server/test/faults/kill-redis.walk.test.ts',
      'apps/server/test/faults/network.walk.test.ts',
      'apps/server/test/faults/pool.walk.test.ts',
      'apps/server/test/faults/disk-full.walk.test.ts',
      'apps/server/test/faults/deploy.walk.test.ts',
      'apps/server/test/faults/clock.walk.test.ts',
      'apps/server/test/faults/storm.walk.test.ts',
      'apps/server/test/faults/slow-clients.walk.test.ts',
      'apps/server/test/faults/poisoned.walk.test.ts',
      'apps/server/test/faults/crashing-jobs.walk.test.ts',
      'apps/server/test/faults/file-store-full.walk.test.ts',
    ],
  },
  security: {
    title: 'Security',
    says: 'What an attacker would try first is tried against the whole product: nonsense at every route and parser, guesses from one address and from many, addresses that lead home, secrets in code and logs. Which requirements of ASVS 5.0 hold, and which do not, is in docs/security/asvs.md.',
    tests: [
      'apps/server/test/security/routes-fuzz.walk.test.ts',
      'apps/server/test/security/attacks.walk.test.ts',
      'apps/server/test/security/noisy-tenant.walk.test.ts',
      'apps/server/test/security/parsers.test.ts',
      'apps/server/test/security/log-scan.walk.test.ts',
      'apps/server/test/security/uploads.walk.test.ts',
      'platform/server/outgoing/call-out.test.ts',
      'scripts/check/security-checks.test.ts',
      'scripts/security/asvs.test.ts',
    ],
  },
  records: {
    title: 'Records',
    says: 'Whoever forges a record, also as superuser of the database, is found by a verifier that is given an export and what its holder kept. What cannot be found is named and tried too.',
    tests: ['platform/server/ledger/race.db.test.ts', 'platform/server/ledger/tamper.db.test.ts'],
  },
  speed: {
    title: 'Speed',
    says: 'Each figure is a ratio against a baseline in the same run: the same work without what is being weighed. Rates by themselves say little, for the machines differ.',
    tests: [],
    benches: [
      'context',
      'switches',
      'filters',
      'facts',
      'ingest',
      'ledger',
      'dashboard',
      'list',
      'growth',
      'feed',
      'pull',
      'push',
      'fan-out',
      'fan-out-many',
      'idle-node',
      'cold-start',
    ],
  },
  plans: {
    title: 'How the database goes about it',
    says: 'No route reads a customer’s data by going through everybody’s. How the database goes about the statements asked most is kept as files in `apps/server/test/plans/known` and compared on every run.',
    tests: [
      'apps/server/test/plans/plans.walk.test.ts',
      'apps/server/test/previous-release/previous-release.db.test.ts',
    ],
  },
}
