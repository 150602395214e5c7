import {
  type Ground,
  type Head,
  readHead,
  readKeyStatement,
  readNote,
  readVerifierKey,
  signerOf,
  type VerifierKey,
} from './signed-note.ts'

export type SignedHead = Head & { text: string }

/** The keys a log is signed with, each vouched for by the one before it, and the heads they signed. What is wrong is a sentence. */
export class LogKeys {
  readonly #ground: Ground
  readonly #keys: (VerifierKey & { since: string })[] = []

  constructor(ground: Ground) {
    this.#ground = ground
  }

  get texts(): string[] {
    return this.#keys.map(({ text }) => text)
  }

  /** The first key vouches for itself, and is what the holder of an export has to know. */
  async add({ verifier, statement }: { verifier: string; statement: string }): Promise<string | undefined> {
    const key = readVerifierKey(this.#ground, verifier)
    const note = readNote(statement)
    const stated = note && readKeyStatement(note.text)
    const before = this.#keys.at(-1)
    if (!key || !note || stated?.key !== key.text) return `The key ${verifier} is not stated as it should be.`
    if (!(await signerOf(this.#ground, note, [before ?? key]))) {
      return `The key ${verifier} is not signed by ${before ? 'the key before it' : 'itself'}.`
    }
    this.#keys.push({ ...key, since: stated.since })
    return undefined
  }

  /** The key that was in force at the head's time has to have signed it: a key that was replaced signs no more. */
  async head(text: string, origin: string): Promise<SignedHead | string> {
    const note = readNote(text)
    const head = note && readHead(note.text)
    if (!note || !head) return 'A head of the log cannot be read.'
    const key = await signerOf(this.#ground, note, this.#keys)
    if (!key) return `The head of ${head.size} changes (${head.at}) is not signed by a key of this log.`
    if (head.origin !== origin) return `The head of ${head.size} changes is of another log, ${head.origin}.`
    const inForce = this.#keys.findLast(({ since }) => since <= head.at) ?? this.#keys[0]
    if (inForce?.text !== key.text) {
      return `The head of ${head.size} changes (${head.at}) is signed by a key that was not in force then.`
    }
    return { ...head, text: note.text }
  }
}
