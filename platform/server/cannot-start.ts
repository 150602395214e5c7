/** The product cannot start, for a reason its operator can mend. The message says how; there is no stack to read. */
export class CannotStart extends Error {
  override name = 'CannotStart'
}
