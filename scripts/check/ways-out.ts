import { type Check, committedFiles, textOf } from './check.ts'

/** Code of the server, where a call may go to an address that somebody else named. */
const isWatched = (file: string) =>
  /^(platform\/server|platform\/[^/]+[.]ts$|capabilities\/[^/]+\/server|capabilities\/[^/]+\/[^/]+[.]ts$|apps\/server)/.test(
    file,
  ) &&
  /[.]ts$/.test(file) &&
  !/[.](test|d)[.]ts$|for-tests[.]ts$|vitest-global[.]ts$/.test(file) &&
  !/^apps\/server\/test\//.test(file)

/** Who opens connections, and why nobody but the operator says where to. */
export const WAYS_OUT: Readonly<Record<string, string>> = {
  'platform/server/outgoing/call-out.ts': 'the way out to addresses that are not ours',
  'platform/server/outgoing/addresses.ts': 'judges names before they are called',
  'platform/server/files/s3-storage.ts': 'S3_ENDPOINT and S3_REGION, of the configuration',
  'platform/server/mail.ts': 'SMTP_HOST, of the configuration',
  'platform/server/redis.ts': 'REDIS_URL, of the configuration',
  'capabilities/people/server/clerk/open.ts': 'CLERK_API_URL, of the configuration, by a command only',
  'apps/server/start/web-dev.ts': 'the web server that this process started itself, in development',
}

const named = (names: string, from: string) =>
  new RegExp(`import\\s+(?!type\\b)[^;'"]*\\b(${names})\\b[^;'"]*from '${from}'`, 'g')

const WAYS = [
  { pattern: /(?<![.\w])fetch\((?!\))/g, says: 'a call out' },
  { pattern: named('request|get', 'node:https?'), says: 'a call out' },
  { pattern: named('connect|createConnection|Socket', 'node:(?:net|tls)'), says: 'a connection' },
  { pattern: /from 'node:(dns|dns\/promises|dgram|http2)'/g, says: 'a way out' },
  {
    pattern: named('\\w+', '(?:undici|axios|got|node-fetch|ws|nodemailer|ioredis|@aws-sdk/[\\w-]+)'),
    says: 'a client',
  },
  { pattern: named('createClerkClient', '@clerk/backend'), says: 'a client' },
]

/** Every call of the server to an address that a customer could name goes by `callOut`; what else calls is named here. */
export const waysOut: Check = {
  name: 'ways out',
  look: async (root) => {
    const files = committedFiles(root, isWatched)
    return {
      looked: files.length,
      at: 'files',
      findings: [
        ...files.flatMap((file) => waysOutOf(file, textOf(root, file))),
        ...Object.keys(WAYS_OUT)
          .filter((file) => !files.includes(file))
          .map((file) => `scripts/check/ways-out.ts names ${file}, which is not there`),
      ],
    }
  },
}

export const waysOutOf = (file: string, text: string): string[] =>
  file in WAYS_OUT
    ? []
    : WAYS.flatMap(({ pattern, says }) =>
        [...text.matchAll(pattern)].map(({ index }) => {
          const line = text.slice(0, index).split('\n').length
          return `${file}:${line} ${says}: go by callOut, or say in scripts/check/ways-out.ts why not`
        }),
      )
