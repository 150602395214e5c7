import { say } from './say.ts'

/** An account of the demo: what it can try, and how to enter it. */
export type SignIn = { who: string; email: string; password: string }

/** What a newcomer needs next. */
export function welcome(address: string, signIns: readonly SignIn[]) {
  say('')
  say(`  OpsFlow runs at  ${address}`)
  if (signIns.length > 0) {
    const widths = [
      Math.max(...signIns.map(({ who }) => who.length)),
      Math.max(...signIns.map(({ email }) => email.length)),
    ]
    say('')
    say('  Demo data. Sign in as')
    for (const { who, email, password } of signIns) {
      say(`    ${who.padEnd(widths[0] ?? 0)}  ${email.padEnd(widths[1] ?? 0)}  ${password}`)
    }
  }
  say('')
  say('  Ctrl-C stops it.')
}
